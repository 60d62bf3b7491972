extension BookPair {
    /// How well two rows of one transfer fit one another; nil when they are not the same event.
    ///
    /// In this order count: program, units, magnitude of the units, sign, event; then how many
    /// other fields agree. Rows of one event fit if program, magnitude or sign agrees; rows of two
    /// events, if program and units do: the partner calls a reversal a posting.
    func fit(ledger left: BookRow, partner right: BookRow) -> Int? {
        let unit = unit(.ledger, left) == unit(.partner, right)
        let units = left.units == right.units
        let magnitude = left.units.magnitude == right.units.magnitude
        let sign = left.units.signum() == right.units.signum()
        let event = left.event == right.event
        guard event ? unit || magnitude || sign : unit && units else { return nil }
        var fit = 0
        for agrees in [unit, units, magnitude, sign, event] { fit = fit << 1 | (agrees ? 1 : 0) }
        let fields = compare(ledger: left, partner: right)
        let others = fields.compared.subtracting(fields.different).rawValue.nonzeroBitCount
        return fit << 8 | others
    }
}
