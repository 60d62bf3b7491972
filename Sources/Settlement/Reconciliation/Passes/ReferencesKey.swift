/// Both references of a row, in whichever order, with event, program and units (P2).
struct ReferencesKey: RowKey {
    let books: BookPair

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        let row = books.row(side, entry)
        guard !row.reference.isEmpty, !row.otherReference.isEmpty else { return nil }
        var hash = Hash()
        hash.add(books.hash(row.reference, of: side) &+ books.hash(row.otherReference, of: side))
        hash.add(UInt64(bitPattern: row.units))
        return hash.value
    }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        let first = ordered(left, of: one)
        let second = ordered(right, of: other)
        let lower = books.compare(first.lower, of: one, second.lower, of: other)
        if lower != 0 { return lower }
        let upper = books.compare(first.upper, of: one, second.upper, of: other)
        if upper != 0 { return upper }
        return EqualKey(books: books).compare(left, of: one, right, of: other)
    }

    private func ordered(_ entry: Int32, of side: Side) -> (lower: TextSpan, upper: TextSpan) {
        let row = books.row(side, entry)
        return books.compare(row.reference, of: side, row.otherReference, of: side) <= 0
            ? (row.reference, row.otherReference) : (row.otherReference, row.reference)
    }
}
