internal import Money
internal import Signing

/// Numbers as people read them.
extension StatementPage {
    /// The most decimal places of an exact amount beyond those of its currency.
    private static let exactPlaces = 4
    /// The most decimal places of a rate.
    private static let ratePlaces = 8

    /// An amount of the settlement currency as people read it, with a true minus.
    func money(_ amount: Int128) -> String {
        Self.signed(statement.currency.format(minorUnits: amount))
    }

    /// Units as people read them.
    func units(_ count: some BinaryInteger) -> String {
        var text = ""
        let digits = String(count.magnitude)
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return count < 0 ? "\u{2212}" + text : text
    }

    /// A moment to the second.
    func moment(_ time: Timestamp) -> String {
        time.description.prefix(19).replacing("T", with: " ") + " UTC"
    }

    /// An exact amount of minor units as a decimal of its currency: `36.1712`, or `0.33\u{2026}`
    /// where it goes on.
    static func exact(_ amount: Quotient, _ currency: Currency) -> String {
        let size = amount.numerator.magnitude
        let (whole, rest) = size.quotientAndRemainder(dividingBy: amount.denominator.magnitude)
        var text = currency.format(minorUnits: Int128(whole))
        let places = decimals(rest, over: amount.denominator.magnitude, exactPlaces)
        if currency.scale == 0, !places.isEmpty { text += "." }
        return (amount.numerator < 0 ? "\u{2212}" : "") + text + places
    }

    /// The price of one of a currency in the settlement currency, or nothing where they are the
    /// same.
    func rate(_ quote: Quotient, of currency: Currency) -> String {
        guard currency != statement.currency else { return "" }
        // The quote is of minor units.
        let power = PlainDecimal.powerOfTen
        let scaled = Quotient(power(currency.scale), power(statement.currency.scale))
            .flatMap { try? quote.multiplied(by: $0) }
        guard let scaled else { return quote.description }
        let denominator = scaled.denominator.magnitude
        let parts = scaled.numerator.magnitude.quotientAndRemainder(dividingBy: denominator)
        let places = Self.decimals(parts.remainder, over: denominator, Self.ratePlaces)
        return places.isEmpty ? String(parts.quotient) : "\(parts.quotient).\(places)"
    }

    /// The decimal places of a remainder, at most so many; an ellipsis says that more would follow.
    private static func decimals(
        _ remainder: UInt128,
        over denominator: UInt128,
        _ count: Int
    ) -> String {
        var text = ""
        var rest = remainder
        while rest > 0, text.count < count {
            // Ten times what is below 2^127 may not fit.
            let (product, hasOverflow) = rest.multipliedReportingOverflow(by: 10)
            guard !hasOverflow else { break }
            text += String(product / denominator)
            rest = product % denominator
        }
        return rest == 0 ? text : text + "\u{2026}"
    }

    private static func signed(_ text: String) -> String {
        text.hasPrefix("-") ? "\u{2212}" + text.dropFirst() : text
    }
}
