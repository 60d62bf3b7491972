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

/// The member of a row with event, program and sign of the units (P5).
struct SumKey: RowKey {
    let books: BookPair
    let isAccount: Bool

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        let row = books.row(side, entry)
        guard row.day != BookRow.noDay, row.units != 0 else { return nil }
        var hash = Hash()
        if isAccount {
            if row.account.isEmpty { return nil }
            hash.add(books.hash(row.account, of: side))
        } else {
            if row.member == 0 { return nil }
            hash.add(UInt64(truncatingIfNeeded: row.member))
        }
        return hash.value
    }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        let first = books.row(one, left)
        let second = books.row(other, right)
        if isAccount {
            let order = books.compare(first.account, of: one, second.account, of: other)
            if order != 0 { return order }
        } else if first.member != second.member {
            return first.member < second.member ? -1 : 1
        }
        if first.event != second.event { return first.event == .posting ? -1 : 1 }
        let signs = (first.units.signum(), second.units.signum())
        if signs.0 != signs.1 { return Int(signs.0 - signs.1) }
        return Int(books.unit(one, first)) - Int(books.unit(other, second))
    }
}
