/// The batch of a row and its program (P5).
struct BatchKey: RowKey {
    let books: BookPair

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        let row = books.row(side, entry)
        if row.batch.isEmpty { return nil }
        var hash = Hash()
        hash.add(books.hash(row.batch, of: side))
        return hash.value
    }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        let first = books.row(one, left)
        let second = books.row(other, right)
        let order = books.compare(first.batch, of: one, second.batch, of: other)
        return order == 0 ? Int(books.unit(one, first)) - Int(books.unit(other, second)) : order
    }
}
