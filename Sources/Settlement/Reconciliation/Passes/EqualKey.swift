/// Event, program and units of rows of one item.
struct EqualKey: RowKey {
    let books: BookPair

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        UInt64(bitPattern: books.row(side, entry).units) &* 0x9e37_79b9_7f4a_7c15
    }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        let first = books.row(one, left)
        let second = books.row(other, right)
        if first.units != second.units { return first.units < second.units ? -1 : 1 }
        if first.event != second.event { return first.event == .posting ? -1 : 1 }
        return Int(books.unit(one, first)) - Int(books.unit(other, second))
    }
}

/// Event and program of rows of one item.
struct EventKey: RowKey {
    let books: BookPair

    func hash(_ entry: Int32, of side: Side) -> UInt64? { 0 }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        let first = books.row(one, left)
        let second = books.row(other, right)
        if first.event != second.event { return first.event == .posting ? -1 : 1 }
        return Int(books.unit(one, first)) - Int(books.unit(other, second))
    }
}
