internal import ArgumentParser
internal import Foundation
internal import KontorEngine
internal import Ledger
internal import Signing

/// Whose ledger is settled, on which calendar, and who signs.
struct NightOptions: ParsableArguments {
    @Option(help: "The ledger's data directory.") var data: String
    @Option(help: "The calendar; may be left out where the ledger has one.") var calendar: String?
    @Option(help: "The operator that signs.") var partner: String?
    @Option(help: "Its key file.") var key: String?
    @Option(
        name: .customLong("approve-partner"),
        help: "Another operator, which approves acts of four eyes at once."
    )
    var approvePartner: String?
    @Option(name: .customLong("approve-key"), help: "Its key file.") var approveKey: String?
    @Option(help: "source=FILE: published money rates, CSV, zipped CSV or XML; repeat for more.")
    var rates: [String] = []
    @Option(help: "A file of payee accounts, opened, one JSON object a line.")
    var accounts: String?
    @Option(help: "A directory for statements, payment files and proofs.") var out: String?
    @Option(
        name: .customLong("collect-hours"),
        help: "How long payers have from the start of collection."
    )
    var collectHours: Int64 = 24
    @Option(
        name: .customLong("log-key"),
        help: "The log's signing key, if it is not log.key in the data directory."
    )
    var logKey: String?
    @Flag(
        name: .customLong("accept-time"),
        help: "Accept that the last entry is more than a day old."
    )
    var acceptTime = false

    func validate() throws {
        guard (approvePartner == nil) == (approveKey == nil) else {
            throw ValidationError("--approve-partner and --approve-key go together")
        }
        guard (0...720).contains(collectHours) else {
            throw ValidationError("--collect-hours is from 0 to 720")
        }
    }

    /// Opens the ledger, does something with a desk, and closes it again.
    func withDesk<T>(_ body: (NightDesk) throws -> T) throws -> T {
        guard let partner, let key else {
            throw ValidationError("an operator signs: name it by --partner, its key by --key")
        }
        let first = NightDesk.Signer(name: partner, key: try KeyFile.read(key))
        var second: NightDesk.Signer?
        if let approvePartner, let approveKey {
            second = NightDesk.Signer(name: approvePartner, key: try KeyFile.read(approveKey))
        }
        let engine = try DataDirectory(path: data).openEngine(
            acceptTime: acceptTime,
            logKey: logKey
        )
        let result: T
        do {
            result = try body(NightDesk(engine: engine, first: first, second: second))
        } catch {
            try? engine.close()
            throw error
        }
        try engine.close()
        return result
    }

    /// The calendar that is meant.
    func calendar(in book: Book) throws -> String {
        try Self.calendar(calendar, in: book)
    }

    static func calendar(_ wanted: String?, in book: Book) throws -> String {
        let names = book.calendarNames
        guard book.settlesNights else {
            throw CommandError(
                "this ledger is under rule set 1, which has no nights; activate rule set 2 by "
                    + "rules.activate: {\"rules\":2,\"from\":<an entry to come>}"
            )
        }
        if let wanted {
            if names.contains(wanted) { return wanted }
            throw CommandError(
                "the ledger has no calendar \(wanted); it has \(names.joined(separator: ", "))"
            )
        }
        guard let name = names.first, names.count == 1 else {
            throw CommandError(
                names.isEmpty
                    ? "the ledger has no calendar; publish one with calendar.publish"
                    : "name one of \(names.joined(separator: ", ")) by --calendar"
            )
        }
        return name
    }

    /// The openings at hand.
    func readAccounts() throws -> [AccountOpening] {
        try accounts.map(AccountOpening.read) ?? []
    }

    /// The run of a desk on the calendar that is meant.
    func run(at desk: NightDesk) throws -> NightRun {
        let calendar = try desk.engine.read { try self.calendar(in: $0) }
        let payments = NightPayments(desk: desk, accounts: try readAccounts())
        return NightRun(
            desk: desk,
            calendar: calendar,
            rates: try NightRates(options: rates),
            files: try out.map { try NightFiles(directory: $0, payments: payments) },
            collectHours: collectHours
        )
    }
}
