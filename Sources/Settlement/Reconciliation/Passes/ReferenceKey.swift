/// One reference of a row with event, program and units (P3): the entry is twice the row, and one
/// more for the other party's reference.
struct ReferenceKey: RowKey {
    let books: BookPair

    /// The entries of rows that P3 may match: those with a day and units.
    static func entries(of rows: [Int32], _ side: Side, _ books: BookPair) -> [Int32] {
        var entries: [Int32] = []
        for number in rows {
            if books.day(side, number) == BookRow.noDay || books.units(side, number) == 0 {
                continue
            }
            let reference = books.reference(side, number, isOther: false)
            let other = books.reference(side, number, isOther: true)
            if !reference.isEmpty { entries.append(number * 2) }
            let areEqual =
                reference.count == other.count
                && books.compare(reference, of: side, other, of: side) == 0
            if !other.isEmpty, !areEqual { entries.append(number * 2 + 1) }
        }
        return entries
    }

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        var hash = Hash()
        hash.add(books.hash(reference(entry, side), of: side))
        hash.add(UInt64(bitPattern: books.units(side, entry / 2)))
        return hash.value
    }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        let order = books.compare(reference(left, one), of: one, reference(right, other), of: other)
        if order != 0 { return order }
        return EqualKey(books: books).compare(left / 2, of: one, right / 2, of: other)
    }

    private func reference(_ entry: Int32, _ side: Side) -> TextSpan {
        books.reference(side, entry / 2, isOther: entry & 1 == 1)
    }
}
