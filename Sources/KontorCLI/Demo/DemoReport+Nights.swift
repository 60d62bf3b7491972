internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// The nights of a demonstration: what was netted, paid and trued up.
extension DemoReport {
    /// One settlement in numbers.
    struct NightLine: Sendable {
        let id: SettlementID
        let state: SettlementState
        let participants: Int
        let gross: Int128
        let paid: Int128
        /// Participants whose net was too small to be paid.
        let carried: Int
    }

    /// A debt that exists since a final sheet differed from a provisional one.
    struct TrueUpLine: Sendable {
        let debtor: String
        let creditor: String
        let currency: Currency
        let amount: Int128
    }

    /// The settlements of a book, in the order in which they were calculated.
    static func nights(_ book: Book) -> [NightLine] {
        book.settlements.map { record in
            NightLine(
                id: record.id,
                state: record.state,
                participants: record.result.figures.participants,
                gross: record.result.figures.gross,
                paid: record.result.figures.paid,
                carried: record.result.carries.count { $0.after != 0 }
            )
        }
    }

    /// What final rates changed, the largest first: in windows that closed, and in the open one.
    static func trueUps(_ book: Book) -> [TrueUpLine] {
        let lines =
            book.calendarNames.flatMap { book.openLines(of: $0) }
            + book.calendarNames.flatMap { book.windows(of: $0) }.flatMap { book.lines(of: $0) }
        return lines.filter { $0.debt.purpose == .trueUp }
            .map { line in
                TrueUpLine(
                    debtor: line.debtor,
                    creditor: line.creditor,
                    currency: line.debt.currency,
                    amount: line.debt.exact.rounded(.halfEven)
                )
            }
            .sorted {
                ($1.amount.magnitude, $0.debtor, $0.creditor)
                    < ($0.amount.magnitude, $1.debtor, $1.creditor)
            }
    }

    /// Tables of settlements and true-ups, and what happened when.
    func nightLines(_ directory: String) -> [String] {
        var table = Table([
            ("settlement", .left), ("state", .left), ("takes part", .right), ("gross", .right),
            ("paid", .right), ("saved", .right), ("carried", .right),
        ])
        for line in nights {
            let saved = line.gross == 0 ? 0 : Int((line.gross - line.paid) * 1_000 / line.gross)
            table.add([
                line.id.description, line.state.rawValue, "\(line.participants)",
                line.id.currency.format(minorUnits: line.gross),
                line.id.currency.format(minorUnits: line.paid), "\(saved / 10).\(saved % 10) %",
                "\(line.carried)",
            ])
        }
        let windows = Set(nights.map(\.id.window)).count
        var lines =
            Self.heading("\(windows) nights settled, from window to paid") + Self.lines(of: table)
        if !trueUps.isEmpty { lines += trueUpLines }
        let statements = nights.reduce(0) { $0 + $1.participants }
        lines += [
            "",
            "  \(statements) statements as JSON, CSV and a page to print, and payment files:",
            "  \(directory)/nights",
        ]
        return lines
    }

    private var trueUpLines: [String] {
        var table = Table([
            ("in", .left), ("from", .left), ("to", .left), ("true-up", .right),
        ])
        for line in trueUps.prefix(5) {
            table.add([
                line.currency.code, line.debtor, line.creditor,
                line.currency.format(minorUnits: line.amount),
            ])
        }
        return ["", "  \(trueUps.count) debts changed when final rates came; the largest:"]
            + Self.lines(of: table)
    }
}
