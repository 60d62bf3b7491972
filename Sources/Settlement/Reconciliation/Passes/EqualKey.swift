/// Event, program and units of rows of one item.
struct EqualKey: RowKey {
    let books: BookPair

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        UInt64(bitPattern: books.units(side, entry)) &* 0x9e37_79b9_7f4a_7c15
    }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        let order = BookPair.order(books.units(one, left), books.units(other, right))
        if order != 0 { return order }
        return EventKey(books: books).compare(left, of: one, right, of: other)
    }
}

/// Event and program of rows of one item.
struct EventKey: RowKey {
    let books: BookPair

    func hash(_ entry: Int32, of side: Side) -> UInt64? { 0 }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        let events = (books.event(one, left).rawValue, books.event(other, right).rawValue)
        if events.0 != events.1 { return BookPair.order(events.0, events.1) }
        return BookPair.order(books.unit(one, of: left), books.unit(other, of: right))
    }
}
