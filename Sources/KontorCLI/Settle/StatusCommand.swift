internal import ArgumentParser
internal import Foundation
internal import KontorStorage
internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// `kontor settle status`: windows, settlements, and what is next.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the windows of a calendar, their settlements, and what is next.",
        discussion: "Example: kontor settle status --data ledger"
    )

    @Option(help: "The ledger's data directory.") var data: String
    @Option(help: "The calendar; all if absent.") var calendar: String?
    @Flag(help: "Print one JSON object a line: windows, settlements, steps.") var json = false

    func run() throws {
        let store = try DataDirectory(path: data).openStore()
        defer { try? store.close() }
        let book = try LedgerReader(store: store).book()
        let names =
            calendar == nil
            ? book.calendarNames : [try NightOptions.calendar(calendar, in: book)]
        for name in names { json ? printJSON(name, book) : printText(name, book) }
    }

    private var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

    private func printText(_ calendar: String, _ book: Book) {
        Console.print("Calendar \(calendar)\n")
        var windows = Table([
            ("window", .right), ("entries", .left), ("cut-off", .left), ("state", .left),
            ("debts", .right),
        ])
        for window in book.windows(of: calendar) {
            windows.add([
                "\(window.number)", "\(window.start)–\(window.end)", "\(window.cutoff)",
                window.state.rawValue, "\(window.debts.count)",
            ])
        }
        Console.print(windows.text)
        var settlements = Table([
            ("settlement", .left), ("state", .left), ("participants", .right),
            ("gross", .right), ("paid", .right), ("open", .right),
        ])
        for record in book.settlements where record.id.calendar == calendar {
            let currency = record.id.currency
            let open = record.legs.reduce(Int128(0)) { $0 + $1.open }
            settlements.add([
                record.id.description, record.state.rawValue,
                "\(record.result.figures.participants)",
                currency.format(minorUnits: record.result.figures.gross),
                currency.format(minorUnits: record.result.figures.paid),
                currency.format(minorUnits: open),
            ])
        }
        Console.print("\n" + settlements.text + "\n\nNext")
        for step in book.nightPlan(of: calendar).steps(at: now) {
            Console.print("  " + NightText.awaited(step, calendar))
        }
    }

    private func printJSON(_ calendar: String, _ book: Book) {
        for window in book.windows(of: calendar) {
            let value: JSONValue = [
                "calendar": .string(calendar), "window": .integer(Int64(window.number)),
                "start": .integer(Int64(window.start)), "end": .integer(Int64(window.end)),
                "cutoff": .string(window.cutoff.description),
                "state": .string(window.state.rawValue),
                "debts": .integer(Int64(window.debts.count)),
            ]
            Console.print(value.text)
        }
        for record in book.settlements where record.id.calendar == calendar {
            let open = record.legs.reduce(Int128(0)) { $0 + $1.open }
            let value: JSONValue = [
                "settlement": .string(record.id.description),
                "revision": .integer(record.revision),
                "state": .string(record.state.rawValue),
                "participants": .integer(Int64(record.result.figures.participants)),
                "debts": .integer(Int64(record.result.figures.debts)),
                "gross": .integer(Int64(clamping: record.result.figures.gross)),
                "paid": .integer(Int64(clamping: record.result.figures.paid)),
                "float": .integer(Int64(clamping: record.result.figures.float)),
                "open": .integer(Int64(clamping: open)),
            ]
            Console.print(value.text)
        }
        for step in book.nightPlan(of: calendar).steps(at: now) {
            let value: JSONValue = [
                "calendar": .string(calendar), "step": .string(step.name),
                "ready": .boolean(step.isReady),
                "text": .string(NightText.awaited(step, calendar)),
            ]
            Console.print(value.text)
        }
    }
}
