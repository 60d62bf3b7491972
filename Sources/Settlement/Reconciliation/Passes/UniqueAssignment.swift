/// Rows of one key, each side by rising days, brought together in the only way there is.
///
/// A row fits those of the other side whose days are near enough. Both ends of these days rise with
/// the row, so if everything can be matched at all, the rows can be matched in their order. Nothing
/// else is possible if and only if nothing can be exchanged where two neighbours meet: an exchange
/// further apart would cross one that is nearer. A row and its copies count as one, since which of
/// them is taken makes no difference.
struct UniqueAssignment {
    private let books: BookPair
    private let window: DayWindow
    /// The rows of both sides in the order of days, each as the first of its copies.
    private let ledger: [Int32]
    private let partner: [Int32]

    /// The rows of a component: each as the first of its copies, as often as these occur, by rising
    /// days.
    init(_ books: BookPair, _ window: DayWindow, ledger: [Int32], partner: [Int32]) {
        self.books = books
        self.window = window
        self.ledger = ledger
        self.partner = partner
    }

    /// Whether each row can be matched with the one at its place, and there is no other way.
    ///
    /// Complexity: O(n).
    var isOnlyWay: Bool {
        guard ledger.count == partner.count,
            ledger.indices.allSatisfy({ fits(ledger[$0], partner[$0]) })
        else { return false }
        // What a side had before it changed last, while the other side did not change since.
        var before: (ledger: Int32?, partner: Int32?) = (nil, nil)
        for place in ledger.indices.dropFirst() {
            let (left, right) = (ledger[place], partner[place])
            let (lastLeft, lastRight) = (ledger[place - 1], partner[place - 1])
            switch (left != lastLeft, right != lastRight) {
            case (true, true):
                if fits(left, lastRight), fits(lastLeft, right) { return false }
                before = (nil, nil)
            case (true, false):
                if let other = before.partner, fits(left, other) { return false }
                before = (lastLeft, nil)
            case (false, true):
                if let other = before.ledger, fits(other, right) { return false }
                before = (nil, lastRight)
            case (false, false): break
            }
        }
        return true
    }

    private func fits(_ left: Int32, _ right: Int32) -> Bool {
        window.holds(
            books.partner.rows[Int(right)].day,
            for: books.ledger.rows[Int(left)].day
        )
    }
}
