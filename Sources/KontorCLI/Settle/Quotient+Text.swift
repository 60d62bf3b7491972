internal import Money

extension Quotient {
    /// Minor units of a currency as a decimal of major units with four places more than its coins;
    /// `…` behind it where that is not all.
    func text(in currency: Currency) -> String {
        guard
            let scaled = Quotient.scaled(
                numerator,
                by: Quotient(10_000),
                over: denominator,
                rounding: .halfEven
            )
        else { return description }
        let isAll = Quotient(scaled, 10_000) == self
        let whole = scaled.magnitude / 10_000
        let sign = scaled < 0 ? "-" : ""
        var rest = String(scaled.magnitude % 10_000 + 10_000).dropFirst()
        while rest.last == "0" { rest.removeLast() }
        let point = currency.scale == 0 && !rest.isEmpty ? "." : ""
        return sign + currency.format(minorUnits: Int128(whole)) + point + rest + (isAll ? "" : "…")
    }
}
