/// The rows that passes P2 to P4 look at, copies once (spec/27 §2).
///
/// First those of the ledger's window; then its context, for rows of the partner that tied with
/// nothing before.
struct Stage: Sendable {
    /// The first copies of open rows of the ledger, rising.
    let ledger: [Int32]
    /// The first copies of open rows of the partner that name no transfer, rising.
    let partner: [Int32]
    /// Which rows are copies.
    let copies: Copies

    /// The rows of one window that are open now.
    init(matcher: Matcher, copies: Copies, isContext: Bool) {
        self.copies = copies
        let books = matcher.books
        ledger = copies.ledgerHeads.filter { row in
            matcher.ledgerMate[Int(row)] == Matcher.open
                && (books.ledger.rows[Int(row)].window != .compared) == isContext
        }
        let tied = isContext ? matcher.ties.flatMap(\.partner).sorted() : []
        var place = 0
        partner = copies.partnerHeads.filter { number in
            while place < tied.count, tied[place] < number { place += 1 }
            let row = books.partner.rows[Int(number)]
            return matcher.partnerMate[Int(number)] == Matcher.open && row.transfer == 0
                && row.window == .compared && !(place < tied.count && tied[place] == number)
        }
    }
}

extension Matcher {
    /// Matches copies with copies, one by one; the partner's that are left are booked again.
    mutating func match(_ ledger: Int32, _ partner: Int32, _ pass: MatchPass, _ copies: Copies) {
        if !copies.hasCopies(ledger, of: .ledger), !copies.hasCopies(partner, of: .partner) {
            match(ledger, partner, pass)
            return
        }
        let lefts = copies.rows(ledger, of: .ledger)
        let rights = copies.rows(partner, of: .partner)
        for (left, right) in zip(lefts, rights) { match(left, right, pass) }
        for right in rights.dropFirst(lefts.count) { close(right, asDuplicateOf: lefts[0]) }
    }

    /// Notes that rows fit one another in more than one way.
    mutating func tie(_ ledger: [Int32], _ partner: [Int32], _ copies: Copies) {
        ties.append(
            Tie(
                ledger: copies.rows(ledger, of: .ledger),
                partner: copies.rows(partner, of: .partner)
            )
        )
    }
}
