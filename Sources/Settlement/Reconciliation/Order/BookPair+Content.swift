extension BookPair {
    /// The order of two rows of one side by what they state, without file and place: negative, 0
    /// or positive. Rows that state the same are copies.
    func compareContent(_ left: Int32, _ right: Int32, of side: Side) -> Int {
        let one = row(side, left)
        let other = row(side, right)
        if one.transfer != other.transfer { return one.transfer < other.transfer ? -1 : 1 }
        if one.item != other.item { return Int(one.item) - Int(other.item) }
        if one.event != other.event { return one.event == .posting ? -1 : 1 }
        let units = (unit(side, one), unit(side, other))
        if units.0 != units.1 { return Int(units.0) - Int(units.1) }
        if one.units != other.units { return one.units < other.units ? -1 : 1 }
        let currencies = (currency(side, one), currency(side, other))
        if currencies.0 != currencies.1 { return Int(currencies.0) - Int(currencies.1) }
        if one.money != other.money { return one.money < other.money ? -1 : 1 }
        if one.fee != other.fee { return one.fee < other.fee ? -1 : 1 }
        if one.day != other.day { return one.day < other.day ? -1 : 1 }
        if one.status != other.status {
            return one.status.rawValue < other.status.rawValue ? -1 : 1
        }
        if one.window != other.window {
            return one.window.rawValue < other.window.rawValue ? -1 : 1
        }
        if one.member != other.member { return one.member < other.member ? -1 : 1 }
        return compareTexts(one, other, of: side)
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
