internal import ArgumentParser
internal import KontorEngine
internal import KontorStorage
internal import Ledger
internal import Money
internal import Signing

/// `kontor positions`: who owes whom.
struct PositionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "positions",
        abstract: "Show who owes whom, in which currency, and against which credit line.",
        discussion: "Example: kontor positions --data ledger --partner nordwind"
    )

    @Option(help: "The ledger's data directory.") var data: String
    @Option(help: "Only positions of this partner.") var partner: String?
    @Option(help: "Only the largest so many.") var limit: Int?
    @Flag(help: "Print one JSON object a line.") var json = false

    func run() throws {
        let store = try DataDirectory(path: data).openStore()
        defer { try? store.close() }
        let book = try LedgerReader(store: store).book()
        var lines = book.positions.filter { line in
            partner.map { line.debtor == $0 || line.creditor == $0 } ?? true
        }
        lines.sort {
            ($0.currency, $1.posted + $1.held, $0.debtor) < (
                $1.currency, $0.posted + $0.held, $1.debtor
            )
        }
        if let limit { lines = Array(lines.prefix(limit)) }
        json ? lines.forEach { Console.print($0.json.text) } : show(lines)
    }

    private func show(_ lines: [PositionLine]) {
        var table = Table([
            ("debtor", .left), ("creditor", .left), ("", .left), ("posted", .right),
            ("held", .right), ("line", .right),
            ("used", .right),
        ])
        for line in lines {
            let used = line.creditLine.map {
                $0 == 0 ? "" : "\((line.posted + line.held) * 100 / Int128($0)) %"
            }
            table.add([
                line.debtor, line.creditor, line.currency.code,
                line.currency.format(minorUnits: line.posted),
                line.currency.format(minorUnits: line.held),
                line.creditLine.map { line.currency.format(minorUnits: Int128($0)) } ?? "-",
                used ?? "-",
            ])
        }
        Console.print(table.text)
    }
}

extension PositionLine {
    /// The line as a JSON object; amounts are strings of minor units, since they may pass 2^53.
    var json: JSONValue {
        var members: [JSONMember] = [
            JSONMember(name: "debtor", value: .string(debtor)),
            JSONMember(name: "creditor", value: .string(creditor)),
            JSONMember(name: "currency", value: .string(currency.code)),
            JSONMember(name: "posted", value: .string(String(posted))),
            JSONMember(name: "held", value: .string(String(held))),
        ]
        if let creditLine {
            members.append(JSONMember(name: "creditLine", value: .integer(creditLine)))
        }
        return .object(members)
    }
}
