/// One reference of a row with event, program and units (P3): the entry is twice the row, and one
/// more for the other party's reference.
struct ReferenceKey: RowKey {
    let books: BookPair

    /// The entries of rows that P3 may match: those with a day and units.
    static func entries(of rows: [Int32], _ side: Side, _ books: BookPair) -> [Int32] {
        rows.flatMap { number -> [Int32] in
            let row = books.row(side, number)
            if row.day == BookRow.noDay || row.units == 0 { return [] }
            let first = row.reference.isEmpty ? [] : [number * 2]
            let areEqual =
                books.compare(row.reference, of: side, row.otherReference, of: side) == 0
            return row.otherReference.isEmpty || areEqual ? first : first + [number * 2 + 1]
        }
    }

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        var hash = Hash()
        hash.add(books.hash(reference(entry, side), of: side))
        hash.add(UInt64(bitPattern: books.row(side, entry / 2).units))
        return hash.value
    }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        let order = books.compare(reference(left, one), of: one, reference(right, other), of: other)
        if order != 0 { return order }
        return EqualKey(books: books).compare(left / 2, of: one, right / 2, of: other)
    }

    private func reference(_ entry: Int32, _ side: Side) -> TextSpan {
        let row = books.row(side, entry / 2)
        return entry & 1 == 0 ? row.reference : row.otherReference
    }
}
