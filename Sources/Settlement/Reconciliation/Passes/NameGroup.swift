/// The rows of both sides that name one item of a transfer, brought together as well as they fit.
///
/// Rows that fit one another better than anything else fits either of them are matched, again and
/// again. What fits equally well is left: order decides nothing.
struct NameGroup {
    private let books: BookPair
    private let ledger: [Int32]
    private let partner: [Int32]
    /// For each row the first of its copies.
    private let ledgerHeads: [Int]
    private let partnerHeads: [Int]
    private let fits: [Int?]
    private var ledgerOpen: [Bool]
    private var partnerOpen: [Bool]

    /// The pairs that were matched.
    private(set) var pairs: [(ledger: Int32, partner: Int32)] = []

    /// Matches rows of one item; each side has some.
    ///
    /// Complexity: O(l × p) at each of at most min(l, p) rounds.
    init(_ books: BookPair, ledger: [Int32], partner: [Int32]) {
        self.books = books
        self.ledger = ledger
        self.partner = partner
        ledgerHeads = Self.heads(of: ledger, .ledger, books)
        partnerHeads = Self.heads(of: partner, .partner, books)
        fits = ledger.flatMap { left in
            partner.map { right in
                books.fit(
                    ledger: books.ledger.rows[Int(left)],
                    partner: books.partner.rows[Int(right)]
                )
            }
        }
        ledgerOpen = Array(repeating: true, count: ledger.count)
        partnerOpen = Array(repeating: true, count: partner.count)
        while matchBest() {}
    }

    private static func heads(of rows: [Int32], _ side: Side, _ books: BookPair) -> [Int] {
        rows.indices.map { place in
            rows[..<place].firstIndex {
                books.compareContent($0, rows[place], of: side) == 0
            } ?? place
        }
    }

    /// Matches what fits best on both sides; false when there is no such pair.
    private mutating func matchBest() -> Bool {
        var best: [(Int, Int)] = []
        for left in ledger.indices where isOpenHead(left) {
            if let right = bestPartner(of: left), bestLedger(of: right) == left {
                best.append((left, right))
            }
        }
        for (left, right) in best {
            let lefts = ledger.indices.filter { ledgerOpen[$0] && ledgerHeads[$0] == left }
            let rights = partner.indices.filter { partnerOpen[$0] && partnerHeads[$0] == right }
            for (one, other) in zip(lefts, rights) {
                pairs.append((ledger[one], partner[other]))
                ledgerOpen[one] = false
                partnerOpen[other] = false
            }
        }
        return !best.isEmpty
    }

    private func isOpenHead(_ left: Int) -> Bool {
        ledgerHeads[left] == left
            && ledger.indices.contains {
                ledgerHeads[$0] == left && ledgerOpen[$0]
            }
    }

    /// The first of the copies that fit a row best; nil when there is none, or others fit as well.
    private func bestPartner(of left: Int) -> Int? {
        var best: (fit: Int, head: Int?) = (-1, nil)
        for right in partner.indices where partnerOpen[right] {
            guard let fit = fits[left * partner.count + right] else { continue }
            let head = partnerHeads[right]
            if fit > best.fit {
                best = (fit, head)
            } else if fit == best.fit, best.head != head {
                best.head = nil
            }
        }
        return best.head
    }

    private func bestLedger(of right: Int) -> Int? {
        var best: (fit: Int, head: Int?) = (-1, nil)
        for left in ledger.indices where ledgerOpen[left] {
            guard let fit = fits[left * partner.count + right] else { continue }
            let head = ledgerHeads[left]
            if fit > best.fit {
                best = (fit, head)
            } else if fit == best.fit, best.head != head {
                best.head = nil
            }
        }
        return best.head
    }

    /// The rows that are left and fit some row that is left on the other side.
    var tie: Matcher.Tie? {
        let lefts = ledger.indices.filter { left in
            ledgerOpen[left]
                && partner.indices.contains {
                    partnerOpen[$0] && fits[left * partner.count + $0] != nil
                }
        }
        let rights = partner.indices.filter { right in
            partnerOpen[right]
                && ledger.indices.contains {
                    ledgerOpen[$0] && fits[$0 * partner.count + right] != nil
                }
        }
        if lefts.isEmpty { return nil }
        return Matcher.Tie(ledger: lefts.map { ledger[$0] }, partner: rights.map { partner[$0] })
    }

    /// The partner's rows that are left, fit nothing that is left, and book something again: a
    /// posting that fits a row that was matched, a reversal that is a copy of one.
    var duplicates: [Matcher.Duplicate] {
        partner.indices.compactMap { right in
            guard partnerOpen[right],
                !ledger.indices.contains(where: {
                    ledgerOpen[$0] && fits[$0 * partner.count + right] != nil
                })
            else { return nil }
            if books.partner.rows[Int(partner[right])].event == .reversal {
                let copy = pairs.first { pair in
                    books.compareContent(pair.partner, partner[right], of: .partner) == 0
                }
                return copy.map { Matcher.Duplicate(partner: partner[right], ledger: $0.ledger) }
            }
            var best: (fit: Int, left: Int?) = (-1, nil)
            for left in ledger.indices where !ledgerOpen[left] {
                guard let fit = fits[left * partner.count + right], fit > best.fit else { continue }
                best = (fit, left)
            }
            return best.left.map { Matcher.Duplicate(partner: partner[right], ledger: ledger[$0]) }
        }
    }
}
