extension BookPair {
    /// What two rows both state, and what of it differs.
    func compare(
        ledger left: BookRow,
        partner right: BookRow
    ) -> (
        compared: BookFieldSet, different: BookFieldSet
    ) {
        var compared: BookFieldSet = [
            BookFieldSet(.event), BookFieldSet(.unit), BookFieldSet(.units),
        ]
        var different: BookFieldSet = []
        func note(_ field: BookField, _ areStated: Bool, _ agree: @autoclosure () -> Bool) {
            guard areStated else { return }
            compared.insert(BookFieldSet(field))
            if !agree() { different.insert(BookFieldSet(field)) }
        }
        note(.event, true, left.event == right.event)
        note(.unit, true, unit(.ledger, left) == unit(.partner, right))
        note(.units, true, left.units == right.units)
        note(.transfer, left.transfer != 0 && right.transfer != 0, Self.shareName(left, right))
        noteMoney(left, right, note)
        note(.day, left.day != BookRow.noDay && right.day != BookRow.noDay, left.day == right.day)
        note(
            .status,
            left.status != .unstated && right.status != .unstated,
            left.status == right.status
        )
        note(.member, left.member != 0 && right.member != 0, left.member == right.member)
        note(
            .account,
            !left.account.isEmpty && !right.account.isEmpty,
            compare(left.account, of: .ledger, right.account, of: .partner) == 0
        )
        note(
            .reference,
            (!left.reference.isEmpty || !left.otherReference.isEmpty)
                && (!right.reference.isEmpty || !right.otherReference.isEmpty),
            shareReference(left, of: .ledger, right, of: .partner)
        )
        return (compared, different)
    }

    /// Whether two rows name the same item of the same transfer, as far as both name an item.
    static func shareName(_ left: BookRow, _ right: BookRow) -> Bool {
        left.transfer == right.transfer
            && (left.item == right.item || left.item == BookRow.noItem
                || right.item == BookRow.noItem)
    }

    /// Money is compared only where both sides state its currency, and the same one.
    private func noteMoney(
        _ left: BookRow,
        _ right: BookRow,
        _ note: (BookField, Bool, @autoclosure () -> Bool) -> Void
    ) {
        guard left.currency != BookRow.noName, right.currency != BookRow.noName else { return }
        let agree = currency(.ledger, left) == currency(.partner, right)
        note(.currency, true, agree)
        guard agree else { return }
        note(
            .money,
            left.money != BookRow.noMoney && right.money != BookRow.noMoney,
            left.money == right.money
        )
        note(
            .fee,
            left.fee != BookRow.noMoney && right.fee != BookRow.noMoney,
            left.fee == right.fee
        )
    }
}
