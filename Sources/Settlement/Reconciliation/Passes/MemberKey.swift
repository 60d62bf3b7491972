/// The member of a row, by pseudonym or as the books name it; rows without day or units have none.
struct MemberName: Sendable {
    let books: BookPair
    let isAccount: Bool

    /// The hash of the member.
    func hash(_ entry: Int32, of side: Side) -> Hash? {
        guard books.day(side, entry) != BookRow.noDay, books.units(side, entry) != 0 else {
            return nil
        }
        var hash = Hash()
        if isAccount {
            let account = books.account(side, entry)
            if account.isEmpty { return nil }
            hash.add(books.hash(account, of: side))
        } else {
            let member = books.member(side, entry)
            if member == 0 { return nil }
            hash.add(UInt64(truncatingIfNeeded: member))
        }
        return hash
    }

    /// The order of the members of two rows.
    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        isAccount
            ? books.compare(
                books.account(one, left),
                of: one,
                books.account(other, right),
                of: other
            )
            : BookPair.order(books.member(one, left), books.member(other, right))
    }
}

/// The member of a row with event, program and units (P4).
struct MemberKey: RowKey {
    let name: MemberName

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        guard var hash = name.hash(entry, of: side) else { return nil }
        hash.add(UInt64(bitPattern: name.books.units(side, entry)))
        return hash.value
    }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        let order = name.compare(left, of: one, right, of: other)
        if order != 0 { return order }
        return EqualKey(books: name.books).compare(left, of: one, right, of: other)
    }
}

/// The member of a row with event, program and sign of the units (P5).
struct SumKey: RowKey {
    let name: MemberName

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        name.hash(entry, of: side)?.value
    }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        var order = name.compare(left, of: one, right, of: other)
        if order != 0 { return order }
        let books = name.books
        order = BookPair.order(
            books.units(one, left).signum(),
            books.units(other, right).signum()
        )
        if order != 0 { return order }
        return EventKey(books: books).compare(left, of: one, right, of: other)
    }
}
