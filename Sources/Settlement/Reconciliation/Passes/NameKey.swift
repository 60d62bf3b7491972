/// The item of a transfer that a row names (P1).
struct NameKey: RowKey {
    let books: BookPair

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        let transfer: UInt128
        let item: UInt16
        if side == .ledger {
            transfer = books.ledger.rows[Int(entry)].transfer
            item = books.ledger.rows[Int(entry)].item
        } else {
            transfer = books.partner.rows[Int(entry)].transfer
            item = books.partner.rows[Int(entry)].item
        }
        guard transfer != 0, item != BookRow.noItem else { return nil }
        return Self.hash(transfer, item)
    }

    /// A number that rows of one item share.
    static func hash(_ transfer: UInt128, _ item: UInt16) -> UInt64 {
        var hash = Hash()
        hash.add(UInt64(truncatingIfNeeded: transfer) ^ UInt64(item) << 48)
        hash.add(UInt64(truncatingIfNeeded: transfer >> 64))
        return hash.value
    }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        let first = name(left, one)
        let second = name(right, other)
        if first.transfer != second.transfer { return first.transfer < second.transfer ? -1 : 1 }
        return Int(first.item) - Int(second.item)
    }

    private func name(_ entry: Int32, _ side: Side) -> (transfer: UInt128, item: UInt16) {
        side == .ledger
            ? (books.ledger.rows[Int(entry)].transfer, books.ledger.rows[Int(entry)].item)
            : (books.partner.rows[Int(entry)].transfer, books.partner.rows[Int(entry)].item)
    }
}
