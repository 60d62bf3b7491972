internal import ArgumentParser
internal import KontorStorage
internal import Ledger
internal import Signing

/// `kontor transfers`: the items of the log.
struct TransfersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfers",
        abstract: "List transfers as the log has them.",
        discussion: """
            A line is an item of an entry of kind transfers: posted at once, or a hold.

            Example: kontor transfers --data ledger --partner nordwind --limit 20
            """
    )

    @Option(help: "The ledger's data directory.") var data: String
    @Option(help: "Only entries that this partner signed.") var partner: String?
    @Option(help: "The first entry to look at.") var from: UInt64 = 0
    @Option(help: "How many lines at the most.") var limit: Int = 50
    @Option(help: "Show one entry whole, with its JWS.") var entry: UInt64?
    @Flag(help: "Print one JSON object a line.") var json = false

    func run() throws {
        let store = try DataDirectory(path: data).openStore()
        defer { try? store.close() }
        if let entry { return try show(entry, of: store) }
        let book = try LedgerReader(store: store).book()
        var table = Table([
            ("entry", .right), ("time", .left), ("what", .left), ("from", .left), ("to", .left),
            ("offer", .right),
            ("debit", .right), ("credit", .right), ("bonus", .right),
        ])
        var count = 0
        try store.forEachEntry(in: min(from, book.size)..<book.size) { stored in
            guard partner.map({ $0 == stored.submitter }) ?? true else { return true }
            for line in try TransferLine.lines(of: stored, book) where count < limit {
                count += 1
                json ? Console.print(line.json.text) : table.add(line.cells)
            }
            return count < limit
        }
        if !json { Console.print(table.text) }
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
        if json {
            let value: JSONValue = [
                "index": .integer(Int64(index)), "time": .string(stored.time.description),
                "jws": .string(String(decoding: jws.compact, as: UTF8.self)),
            ]
            return Console.print(value.text)
        }
        Console.print("entry    \(index)\ntime     \(stored.time)\nsigner   \(stored.submitter)")
        Console.print(
            "kid      \(jws.keyID.base64URL)\npayload  \(String(decoding: stored.payload, as: UTF8.self))"
        )
    }
}

/// One item of an entry that moves points.
struct TransferLine {
    let name: String
    let time: Timestamp
    let what: String
    let from: String
    let to: String
    let amount: Int64?
    let debit: Int64?
    let credit: Int64
    let bonus: Int64

    /// The lines of a stored entry, none if it moves nothing.
    static func lines(of stored: StoredEntry, _ book: Book) throws -> [TransferLine] {
        let statement = try Statement(payload: stored.payload)
        guard case .transfers(let transfers) = statement.body else { return [] }
        let terms = book.agreement(transfers.terms)?.terms
        let (from, to) = (terms?.fromText ?? "?", terms?.toText ?? "?")
        return transfers.items.enumerated().map { index, item in
            TransferLine(
                name: "\(stored.index)/\(index)",
                time: stored.time,
                what: terms?.isHeld == true ? "hold" : "transfer",
                from: from,
                to: to,
                amount: item.amount,
                debit: item.debit,
                credit: item.credit,
                bonus: item.bonus
            )
        }
    }

    var cells: [String] {
        [
            name, String(time.description.prefix(19)), what, from, to, amount?.grouped ?? "",
            debit?.grouped ?? "",
            credit.grouped, bonus.grouped,
        ]
    }

    var json: JSONValue {
        [
            "entry": .string(name), "time": .string(time.description), "what": .string(what),
            "from": .string(from), "to": .string(to), "amount": .integer(amount ?? 0),
            "debit": .integer(debit ?? 0), "credit": .integer(credit), "bonus": .integer(bonus),
        ]
    }
}
