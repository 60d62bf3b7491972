internal import Money
extension Book {
    func valuation(of debt: WindowDebt, in calendar: String) -> (currency: Currency, quote: Quotient?) {
        (debt.currency, .one)
    }
}
