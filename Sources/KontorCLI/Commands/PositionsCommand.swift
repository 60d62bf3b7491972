internal import ArgumentParser
internal import KontorClient
internal import KontorEngine
internal import KontorStorage
internal import Ledger
internal import Money
internal import Signing

/// `kontor positions`: who owes whom.
struct PositionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "positions",
        abstract: "Show who owes whom, in which currency, and against which credit line.",
        discussion: """
            With --url, a server is asked; it shows what the login may read.

            Example: kontor positions --data ledger --partner nordwind
            Example: kontor positions --url https://ledger.example --vkey log.vkey --key access.jwk \
            --partner nordwind
            """
    )

    @Option(help: "The ledger's data directory.") var data: String?
    @OptionGroup(title: "A server") var server: ServerOptions
    @Option(help: "With --url, the log's verifier key, as text or in a file.") var vkey: String?
    @Option(help: "Only positions of this partner.") var partner: String?
    @Option(help: "Only the largest so many.") var limit: Int?
    @Flag(help: "Print one JSON object a line.") var json = false

    func validate() throws {
        try server.require(insteadOf: data, vkey: vkey)
    }

    func run() async throws {
        var rows = try await readRows().filter { row in
            partner.map { row.debtor == $0 || row.creditor == $0 } ?? true
        }
        rows.sort {
            ($0.currency, $1.posted + $1.held, $0.debtor) < (
                $1.currency, $0.posted + $0.held, $1.debtor
            )
        }
        if let limit { rows = Array(rows.prefix(limit)) }
        json ? rows.forEach { Console.print($0.json.text) } : show(rows)
    }

    private func readRows() async throws -> [PositionRow] {
        if let data {
            let store = try DataDirectory(path: data).openStore()
            defer { try? store.close() }
            return try LedgerReader(store: store).book().positions.map { PositionRow($0) }
        }
        let key = try SourceOptions.readKey(vkey, beside: "")
        guard let client = try server.client(vkey: key, partner: partner) else { return [] }
        var rows: [PositionRow] = []
        for try await item in client.positions() { rows.append(try PositionRow(json: item)) }
        return rows
    }

    private func show(_ rows: [PositionRow]) {
        var table = Table([
            ("debtor", .left), ("creditor", .left), ("", .left), ("posted", .right),
            ("held", .right), ("line", .right),
            ("used", .right),
        ])
        for row in rows {
            let used = row.creditLine.map {
                $0 == 0 ? "" : "\((row.posted + row.held) * 100 / Int128($0)) %"
            }
            table.add([
                row.debtor, row.creditor, row.currency.code,
                row.currency.format(minorUnits: row.posted),
                row.currency.format(minorUnits: row.held),
                row.creditLine.map { row.currency.format(minorUnits: Int128($0)) } ?? "-",
                used ?? "-",
            ])
        }
        Console.print(table.text)
    }
}
