/// The transfer of a row with some of what it states, for rows that name no item (P1).
struct TransferKey: RowKey {
    /// What besides the transfer agrees.
    enum Level: CaseIterable {
        case eventUnitUnitsMember
        case eventUnitUnits
        case unitUnits
        case eventUnit
        case event
    }

    let books: BookPair
    let level: Level

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        let row = books.row(side, entry)
        if level == .eventUnitUnitsMember, row.member == 0 { return nil }
        return NameKey.hash(row.transfer, 0)
    }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        let first = books.row(one, left)
        let second = books.row(other, right)
        if first.transfer != second.transfer { return first.transfer < second.transfer ? -1 : 1 }
        if level != .unitUnits, first.event != second.event {
            return first.event == .posting ? -1 : 1
        }
        if level == .event { return 0 }
        let units = (books.unit(one, first), books.unit(other, second))
        if units.0 != units.1 { return Int(units.0) - Int(units.1) }
        if level == .eventUnit { return 0 }
        if first.units != second.units { return first.units < second.units ? -1 : 1 }
        if level != .eventUnitUnitsMember || first.member == second.member { return 0 }
        return first.member < second.member ? -1 : 1
    }
}
