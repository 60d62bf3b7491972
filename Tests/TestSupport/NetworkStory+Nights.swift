public import Ledger
internal import Money
internal import Signing

extension NetworkStory {
    /// The night that `adviseNight` makes.
    public static let night = "network/1/multilateral/EUR/1"

    /// Lets rule set 2 begin, and publishes a calendar.
    public mutating func beginNights() throws(Refusal) {
        try take(network.activate(2, from: ledger.book.size + 1))
        try take(network.calendar())
    }

    /// Closes the first window at its cut-off, fixes it without sheets, calculates, and advises.
    public mutating func adviseNight() throws(any Error) {
        let open = ledger.book.openWindow(of: "network")
        guard let id = SettlementID(Self.night), let cutoff = open.cutoff else {
            Invariant.failed("the calendar of a test has cut-offs")
        }
        network.now = cutoff
        try take(network.close(start: open.start, cutoff: cutoff))
        try take(network.fix(window: 1, sheets: []))
        let rehearsal = try ledger.book.rehearseCalculation(
            calendar: id.calendar,
            window: id.window,
            model: id.model,
            currency: id.currency
        )
        let figures = rehearsal.result.figures
        let members: JSONValue = [
            "settlement": .string(Self.night), "revision": .integer(rehearsal.revision),
            "participants": .integer(Int64(figures.participants)),
            "debts": .integer(Int64(figures.debts)), "gross": .integer(Int64(figures.gross)),
            "paid": .integer(Int64(figures.paid)), "float": .integer(Int64(figures.float)),
            "root": .string(figures.root.base64URL), "size": .integer(Int64(figures.size)),
            "head": .string(Digest.zero.base64URL),
        ]
        try take(network.sign(.settlementCalculate, by: "operator-a", members))
        try take(
            network.sign(.settlementAdvise, by: "operator-a", ["settlement": .string(Self.night)])
        )
    }
}
