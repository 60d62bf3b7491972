extension BookPair {
    /// The order of two rows of one side by what they state: negative, 0 or positive.
    ///
    /// File and place do not count. Rows that state the same are copies.
    func compareContent(_ left: Int32, _ right: Int32, of side: Side) -> Int {
        side == .ledger
            ? compareContent(left, right, of: side, in: ledger.rows)
            : compareContent(left, right, of: side, in: partner.rows)
    }

    private func compareContent(
        _ left: Int32,
        _ right: Int32,
        of side: Side,
        in rows: [BookRow]
    ) -> Int {
        let (one, other) = (Int(left), Int(right))
        var order = Self.order(rows[one].transfer, rows[other].transfer)
        if order == 0 { order = Self.order(rows[one].item, rows[other].item) }
        if order == 0 { order = Self.order(rows[one].event.rawValue, rows[other].event.rawValue) }
        if order == 0 {
            order = Self.order(unit(side, rows[one].unit), unit(side, rows[other].unit))
        }
        if order == 0 { order = Self.order(rows[one].units, rows[other].units) }
        if order == 0 {
            order = Self.order(currency(side, rows[one]), currency(side, rows[other]))
        }
        if order == 0 { order = Self.order(rows[one].money, rows[other].money) }
        if order == 0 { order = Self.order(rows[one].fee, rows[other].fee) }
        if order == 0 { order = Self.order(rows[one].day, rows[other].day) }
        if order == 0 { order = Self.order(rows[one].status.rawValue, rows[other].status.rawValue) }
        if order == 0 { order = Self.order(rows[one].window.rawValue, rows[other].window.rawValue) }
        if order == 0 { order = Self.order(rows[one].member, rows[other].member) }
        return order == 0 ? compareTexts(rows[one], rows[other], of: side) : order
    }

    /// The order of two numbers: negative, 0 or positive.
    static func order<Number: Comparable>(_ left: Number, _ right: Number) -> Int {
        left == right ? 0 : left < right ? -1 : 1
    }

    private func compareTexts(_ one: BookRow, _ other: BookRow, of side: Side) -> Int {
        var order = compare(one.reference, of: side, other.reference, of: side)
        if order != 0 { return order }
        order = compare(one.otherReference, of: side, other.otherReference, of: side)
        if order != 0 { return order }
        order = compare(one.account, of: side, other.account, of: side)
        if order != 0 { return order }
        return compare(one.batch, of: side, other.batch, of: side)
    }

    /// A number that copies share.
    func contentHash(_ number: Int32, of side: Side) -> UInt64 {
        let row = row(side, number)
        var hash = Hash()
        hash.add(UInt64(truncatingIfNeeded: row.transfer))
        hash.add(UInt64(truncatingIfNeeded: row.transfer >> 64))
        hash.add(UInt64(row.item) << 32 | UInt64(unit(side, row)))
        hash.add(UInt64(bitPattern: row.units))
        hash.add(UInt64(UInt32(bitPattern: row.day)) << 8 | UInt64(row.event.rawValue))
        hash.add(UInt64(truncatingIfNeeded: row.member))
        hash.add(self.hash(row.reference, of: side))
        hash.add(self.hash(row.account, of: side))
        return hash.value
    }
}
