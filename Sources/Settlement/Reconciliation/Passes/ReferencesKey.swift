/// Both references of a row, in whichever order, with event, program and units (P2).
struct ReferencesKey: RowKey {
    let books: BookPair

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        let reference = books.reference(side, entry, isOther: false)
        let other = books.reference(side, entry, isOther: true)
        if reference.isEmpty || other.isEmpty { return nil }
        var hash = Hash()
        hash.add(books.hash(reference, of: side) &+ books.hash(other, of: side))
        hash.add(UInt64(bitPattern: books.units(side, entry)))
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
        let reference = books.reference(side, entry, isOther: false)
        let other = books.reference(side, entry, isOther: true)
        return books.compare(reference, of: side, other, of: side) <= 0
            ? (reference, other) : (other, reference)
    }
}
