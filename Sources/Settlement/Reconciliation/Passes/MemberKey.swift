/// The member of a row with event, program and units (P4): by pseudonym, or as the books name it.
struct MemberKey: RowKey {
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
        hash.add(UInt64(bitPattern: row.units))
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
        return EqualKey(books: books).compare(left, of: one, right, of: other)
    }
}
