extension BreakFinder {
    /// A set of rows.
    struct RowSet {
        private let rows: [Int32]

        /// The set of these rows.
        init(_ rows: [Int32]) {
            self.rows = rows.sorted()
        }

        /// Whether it has a row.
        func contains(_ row: Int32) -> Bool {
            var low = 0
            var high = rows.count
            while low < high {
                let middle = (low + high) / 2
                if rows[middle] < row { low = middle + 1 } else { high = middle }
            }
            return low < rows.count && rows[low] == row
        }
    }

    /// The open reversals of one side whose own posting was matched: only the other side lacks the
    /// reversal.
    func ownPostings(of side: Side) -> RowSet {
        let mates = side == .ledger ? matcher.ledgerMate : matcher.partnerMate
        let rows = books.table(side).rows
        let reversals = mates.indices.filter {
            mates[$0] == Matcher.open && rows[$0].event == .reversal
        }
        if reversals.isEmpty { return RowSet([]) }
        let postings = mates.indices.filter {
            mates[$0] != Matcher.open && mates[$0] != Matcher.duplicate
                && rows[$0].event == .posting
        }
        let table = books.table(side)
        let own = BookPair(ledger: table, partner: table)
        var found: [Int32] = []
        KeyClasses(
            PostingKey(books: own),
            ledger: reversals.lazy.map(Int32.init),
            partner: postings.lazy.map(Int32.init)
        )
        .forEach { reversals, _ in found.append(contentsOf: reversals) }
        KeyClasses(
            PostingReferenceKey(books: own),
            ledger: PostingReferenceKey.entries(of: reversals, table),
            partner: PostingReferenceKey.entries(of: postings, table)
        )
        .forEach { reversals, _ in found.append(contentsOf: reversals.map { $0 / 2 }) }
        return RowSet(found)
    }
}

/// What a reversal and its posting share: item of a transfer, and program.
private struct PostingKey: RowKey {
    let books: BookPair

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        let row = books.row(side, entry)
        return row.transfer == 0 ? nil : NameKey.hash(row.transfer, row.item)
    }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        let first = books.row(one, left)
        let second = books.row(other, right)
        if first.transfer != second.transfer { return first.transfer < second.transfer ? -1 : 1 }
        if first.item != second.item { return Int(first.item) - Int(second.item) }
        return Int(books.unit(one, first)) - Int(books.unit(other, second))
    }
}

/// What a reversal without transfer and its posting share: a reference, and the program.
private struct PostingReferenceKey: RowKey {
    let books: BookPair

    static func entries(of rows: [Int], _ table: BookTable) -> [Int32] {
        rows.flatMap { number -> [Int32] in
            let row = table.rows[number]
            if row.transfer != 0 { return [] }
            return (row.reference.isEmpty ? [] : [Int32(number) * 2])
                + (row.otherReference.isEmpty ? [] : [Int32(number) * 2 + 1])
        }
    }

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        var hash = Hash()
        hash.add(books.hash(reference(entry, side), of: side))
        return hash.value
    }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        let order = books.compare(reference(left, one), of: one, reference(right, other), of: other)
        if order != 0 { return order }
        return Int(books.unit(one, books.row(one, left / 2)))
            - Int(books.unit(other, books.row(other, right / 2)))
    }

    private func reference(_ entry: Int32, _ side: Side) -> TextSpan {
        let row = books.row(side, entry / 2)
        return entry & 1 == 0 ? row.reference : row.otherReference
    }
}
