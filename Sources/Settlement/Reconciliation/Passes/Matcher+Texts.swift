extension Matcher {
    /// P6, which matches nothing: open rows whose references look alike.
    mutating func suggestTexts() {
        let finder = TextFinder(
            books: books,
            ledger: openRows(.ledger),
            partner: openRows(.partner)
        )
        var found = finder.same
        finder.addSimilar(to: &found)
        found.sort(by: TextFinder.precedes)
        var last: Suggestion?
        for suggestion in found {
            if last?.ledgerRows != suggestion.ledgerRows
                || last?.partnerRows != suggestion.partnerRows
            {
                suggest(suggestion)
            }
            last = suggestion
        }
    }

    /// The open rows that are missed, if nothing else is found.
    private func openRows(_ side: Side) -> [Int32] {
        let mates = side == .ledger ? ledgerMate : partnerMate
        let rows = side == .ledger ? books.ledger.rows : books.partner.rows
        return mates.indices.filter { mates[$0] == Self.open && rows[$0].window == .compared }
            .map(Int32.init)
    }
}

/// Rows whose references look alike.
struct TextFinder {
    private let books: BookPair
    private let ledger: PlainTexts
    private let partner: PlainTexts

    /// The references of rows, which rise.
    init(books: BookPair, ledger: [Int32], partner: [Int32]) {
        self.books = books
        self.ledger = PlainTexts(books, .ledger, ledger)
        self.partner = PlainTexts(books, .partner, partner)
    }

    /// Rows with the same plain reference, few of them.
    var same: [Suggestion] {
        var found: [Suggestion] = []
        KeyClasses(
            PlainTextKey(ledger: ledger, partner: partner),
            ledger: Int32(0)..<Int32(ledger.rows.count),
            partner: Int32(0)..<Int32(partner.rows.count)
        )
        .forEach { lefts, rights in
            guard max(lefts.count, rights.count) <= ReconciliationLimits.sameTextRows else {
                return
            }
            let ledgerRows = lefts.map { Int(ledger.rows[Int($0)]) }
            let partnerRows = rights.map { Int(partner.rows[Int($0)]) }
            let names =
                ledgerRows.allSatisfy { books.ledger.rows[$0].transfer != 0 }
                && partnerRows.allSatisfy { books.partner.rows[$0].transfer != 0 }
            found.append(
                Suggestion(
                    pass: .text,
                    reason: names ? .otherTransfer : .sameText,
                    ledgerRows: ledgerRows,
                    partnerRows: partnerRows,
                    distance: 0
                )
            )
        }
        return found
    }

    /// Rows of one event, program and units with references that nearly agree, each the nearest of
    /// the other.
    func addSimilar(to found: inout [Suggestion]) {
        var pairs = 0
        KeyClasses(
            TextRowKey(books: books, ledger: ledger, partner: partner),
            ledger: Int32(0)..<Int32(ledger.rows.count),
            partner: Int32(0)..<Int32(partner.rows.count)
        )
        .forEach { lefts, rights in
            guard max(lefts.count, rights.count) <= ReconciliationLimits.textRows,
                pairs + lefts.count * rights.count <= ReconciliationLimits.textPairs
            else { return }
            pairs += lefts.count * rights.count
            found.append(contentsOf: nearest(lefts, rights))
        }
    }

    private func nearest(_ lefts: [Int32], _ rights: [Int32]) -> [Suggestion] {
        var nearLedger = Nearest()
        var nearPartner = Nearest()
        for left in lefts {
            for right in rights {
                guard let distance = distance(left, right) else { continue }
                let row = ledger.rows[Int(left)]
                let twin = partner.rows[Int(right)]
                nearLedger.note(twin, at: distance, for: row)
                nearPartner.note(row, at: distance, for: twin)
            }
        }
        return nearLedger.entries.compactMap { entry in
            guard let twin = entry.nearest, nearPartner.nearest(to: twin) == entry.row else {
                return nil
            }
            return Suggestion(
                pass: .text,
                reason: .similarText,
                ledgerRows: [Int(entry.row)],
                partnerRows: [Int(twin)],
                distance: entry.distance
            )
        }
    }

    /// How many letters differ, from 1; nil when they are too many for so short a text.
    private func distance(_ left: Int32, _ right: Int32) -> Int? {
        let first = ledger[left]
        let second = partner[right]
        guard max(first.count, second.count) <= ReconciliationLimits.textLetters else { return nil }
        let shorter = min(first.count, second.count)
        let limit = min(
            ReconciliationLimits.textDistance,
            shorter / ReconciliationLimits.lettersPerDistance
        )
        guard limit > 0, let distance = EditDistance.between(first, second, atMost: limit) else {
            return nil
        }
        return distance == 0 ? nil : distance
    }

    /// By rows, then by distance.
    static func precedes(_ left: Suggestion, _ right: Suggestion) -> Bool {
        if left.ledgerRows != right.ledgerRows {
            return left.ledgerRows.lexicographicallyPrecedes(right.ledgerRows)
        }
        if left.partnerRows != right.partnerRows {
            return left.partnerRows.lexicographicallyPrecedes(right.partnerRows)
        }
        return left.distance < right.distance
    }
}

/// For each of a few rows the row whose references are nearest, if it is the only one.
private struct Nearest {
    struct Entry {
        let row: Int32
        var nearest: Int32?
        var distance: Int
    }

    private(set) var entries: [Entry] = []

    mutating func note(_ other: Int32, at distance: Int, for row: Int32) {
        guard let place = entries.firstIndex(where: { $0.row == row }) else {
            entries.append(Entry(row: row, nearest: other, distance: distance))
            return
        }
        if distance < entries[place].distance {
            entries[place] = Entry(row: row, nearest: other, distance: distance)
        } else if distance == entries[place].distance, entries[place].nearest != other {
            entries[place].nearest = nil
        }
    }

    func nearest(to row: Int32) -> Int32? {
        entries.first { $0.row == row }?.nearest
    }
}

/// Event, program and units of the row of a plain reference.
private struct TextRowKey: RowKey {
    let books: BookPair
    let ledger: PlainTexts
    let partner: PlainTexts

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        EqualKey(books: books).hash(row(entry, side), of: side)
    }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        EqualKey(books: books).compare(row(left, one), of: one, row(right, other), of: other)
    }

    private func row(_ entry: Int32, _ side: Side) -> Int32 {
        side == .ledger ? ledger.rows[Int(entry)] : partner.rows[Int(entry)]
    }
}
