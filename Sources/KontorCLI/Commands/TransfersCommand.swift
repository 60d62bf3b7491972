internal import ArgumentParser
internal import KontorClient
internal import KontorStorage
internal import Ledger
internal import Signing
internal import VerifiableLog

/// `kontor transfers`: the items of the log.
struct TransfersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfers",
        abstract: "List transfers as the log has them.",
        discussion: """
            A line is an item of an entry of kind transfers: posted at once, or a hold. With --url, a server is asked; \
            it shows what the login may read, and each entry is verified by the log's key.

            Example: kontor transfers --data ledger --partner nordwind --limit 20
            Example: kontor transfers --url https://ledger.example --vkey log.vkey --key access.jwk \
            --login nordwind
            """
    )

    @Option(help: "The ledger's data directory.") var data: String?
    @OptionGroup(title: "A server") var server: ServerOptions
    @Option(help: "With --url, the log's verifier key, as text or in a file.") var vkey: String?
    @Option(help: "Only entries that this partner signed.") var partner: String?
    @Option(help: "The first entry to look at.") var from: UInt64 = 0
    @Option(help: "How many lines at the most.") var limit: Int = 50
    @Option(help: "Show one entry whole, with its JWS.") var entry: UInt64?
    @Flag(help: "Print one JSON object a line.") var json = false

    func validate() throws {
        try server.require(insteadOf: data, vkey: vkey)
    }

    func run() async throws {
        if let data {
            let store = try DataDirectory(path: data).openStore()
            defer { try? store.close() }
            try list(store)
        } else {
            let key = try SourceOptions.readKey(vkey, beside: "")
            guard let client = try server.client(vkey: key, partner: partner) else { return }
            try await list(client)
        }
    }

    private func list(_ store: SQLiteLogStore) throws {
        if let entry { return try show(entry, of: store) }
        let book = try LedgerReader(store: store).book()
        var lines: [TransferLine] = []
        try store.forEachEntry(in: min(from, book.size)..<book.size) { stored in
            guard partner.map({ $0 == stored.submitter }) ?? true else { return true }
            let found = try TransferLine.lines(
                of: stored.payload,
                index: stored.index,
                time: stored.time
            ) { book.agreement($0)?.terms }
            lines += found.prefix(limit - lines.count)
            return lines.count < limit
        }
        show(lines)
    }

    private func list(_ client: KontorClient) async throws {
        if let entry {
            let found = try await client.entry(at: entry)
            return try show(
                entry,
                found.frame.time,
                try JWS(parsing: found.frame.jws),
                found.partner
            )
        }
        var terms = RemoteTerms(client: client)
        var lines: [TransferLine] = []
        for try await entry in client.entries(from: from) {
            guard lines.count < limit else { break }
            guard partner.map({ $0 == entry.partner }) ?? true else { continue }
            let statement = try Statement(payload: entry.payload)
            guard case .transfers(let transfers) = statement.body else { continue }
            let present = try await terms.terms(transfers.terms)
            let found = try TransferLine.lines(
                of: entry.payload,
                index: entry.frame.index,
                time: entry.frame.time
            ) { _ in present }
            lines += found.prefix(limit - lines.count)
        }
        show(lines)
    }

    private func show(_ lines: [TransferLine]) {
        if json { return lines.forEach { Console.print($0.json.text) } }
        var table = Table([
            ("entry", .right), ("time", .left), ("what", .left), ("from", .left), ("to", .left),
            ("offer", .right),
            ("debit", .right), ("credit", .right), ("bonus", .right),
        ])
        for line in lines { table.add(line.cells) }
        Console.print(table.text)
    }

    private func show(_ index: UInt64, of store: SQLiteLogStore) throws {
        guard let stored = try store.entry(at: index) else {
            throw CommandError("the log has no entry \(index)")
        }
        let jws = try JWS(
            header: stored.header,
            payload: stored.payload,
            signature: stored.signature
        )
        try show(index, stored.time, jws, stored.submitter)
    }

    private func show(
        _ index: UInt64,
        _ time: Timestamp,
        _ jws: JWS,
        _ signer: String
    ) throws {
        if json {
            let value: JSONValue = [
                "index": .integer(Int64(index)), "time": .string(time.description),
                "jws": .string(String(decoding: jws.compact, as: UTF8.self)),
            ]
            return Console.print(value.text)
        }
        Console.print("entry    \(index)\ntime     \(time)\nsigner   \(signer)")
        Console.print(
            "kid      \(jws.keyID.base64URL)\npayload  \(String(decoding: jws.payload, as: UTF8.self))"
        )
    }
}
