extension BookPair {
    /// Several rows as one: units, money and fee are sums, and what is not common to all is left
    /// out.
    ///
    /// Complexity: O(rows).
    func sum(_ rows: [Int32], of side: Side) -> BookRow {
        var sum = row(side, rows[0])
        sum.day = BookRow.noDay
        sum.status = .unstated
        sum.transfer = 0
        sum.event = .posting
        sum.reference = .none
        sum.otherReference = .none
        for number in rows.dropFirst() {
            let row = row(side, number)
            sum.units = Self.sum(sum.units, row.units)
            if row.currency != sum.currency { sum.currency = BookRow.noName }
            sum.money = Self.money(sum.money, row.money)
            sum.fee = Self.money(sum.fee, row.fee)
            if row.member != sum.member { sum.member = 0 }
            if compare(row.account, of: side, sum.account, of: side) != 0 { sum.account = .none }
        }
        return sum
    }

    private static func sum(_ left: Int64, _ right: Int64) -> Int64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? (left < 0 ? .min : .max) : sum
    }

    private static func money(_ left: Int64, _ right: Int64) -> Int64 {
        left == BookRow.noMoney || right == BookRow.noMoney ? BookRow.noMoney : sum(left, right)
    }
}

extension LedgerDetail {
    /// The details of several rows as one; their agreement is that of the first.
    init(sumOf details: some Sequence<LedgerDetail>) {
        self.init()
        var isFirst = true
        for detail in details {
            if isFirst { agreement = detail.agreement }
            isFirst = false
            base = base.saturating(plus: detail.base)
            bonus = bonus.saturating(plus: detail.bonus)
            priced = priced.saturating(plus: detail.priced)
        }
    }
}

extension Int64 {
    /// The sum, or the largest number.
    func saturating(plus other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
