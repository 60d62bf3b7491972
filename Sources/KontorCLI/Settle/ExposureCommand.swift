internal import ArgumentParser
internal import KontorStorage
internal import Ledger
internal import Money
internal import Signing

/// `kontor settle exposure`: what each participant loses at most if another fails tonight.
struct ExposureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exposure",
        abstract: "Tell what each participant loses at most if another fails tonight.",
        discussion: """
            It counts what closed windows have not released, the open windows and holds, at the last \
            sheets, less what the cover of who fails is sure to pay (spec/20 §10).

            Example: kontor settle exposure --data ledger --partner harbour
            """
    )

    @Option(help: "The ledger's data directory.") var data: String
    @Option(help: "Only of this participant, as who may lose.") var partner: String?
    @Option(help: "Only by this participant, as who may fail.") var debtor: String?
    @Option(help: "At most so many lines, the largest first.") var limit: Int?
    @Flag(help: "Print one JSON object a line; amounts are integers of minor units.")
    var json = false

    func validate() throws {
        guard limit.map({ $0 > 0 }) ?? true else { throw ValidationError("--limit is at least 1") }
    }

    func run() throws {
        let store = try DataDirectory(path: data).openStore()
        defer { try? store.close() }
        let book = try LedgerReader(store: store).book()
        let lines = book.exposureStatement().filter { line in
            (partner.map { $0 == line.creditor } ?? true)
                && (debtor.map { $0 == line.debtor } ?? true)
        }
        Console.print(Self.text(lines, limit: limit, json: json))
    }

    /// The lines: for each currency the largest first, or one JSON object a line.
    static func text(_ lines: [ExposureLine], limit: Int?, json: Bool) -> String {
        let sorted = lines.sorted {
            ($0.currency, $1.exposure, $0.creditor, $0.debtor)
                < ($1.currency, $0.exposure, $1.creditor, $1.debtor)
        }
        let shown = sorted.prefix(limit ?? sorted.count)
        if json {
            return shown.map { String(decoding: $0.json.text, as: UTF8.self) }
                .joined(separator: "\n")
        }
        guard !shown.isEmpty else { return "nobody can lose anything tonight" }
        var table = Table([
            ("who may lose", .left), ("if this one fails", .left), ("in", .left),
            ("claim", .right), ("covered", .right), ("loses at most", .right),
        ])
        for line in shown {
            let amounts = [line.claim, line.covered, line.exposure].map {
                line.currency.format(minorUnits: $0)
            }
            table.add([line.creditor, line.debtor, line.currency.code] + amounts)
        }
        let rest = sorted.count - shown.count
        return table.text + (rest > 0 ? "\nand \(rest.grouped) smaller ones" : "")
    }
}

extension ExposureLine {
    /// The line for programs.
    fileprivate var json: JSONValue {
        [
            "creditor": .string(creditor), "debtor": .string(debtor),
            "currency": .string(currency.code), "claim": .integer(Int64(clamping: claim)),
            "covered": .integer(Int64(clamping: covered)),
            "atMost": .integer(Int64(clamping: exposure)),
        ]
    }
}
