internal import Money

/// The one spelling of whole and exact numbers that stand in strings.
enum ExactText {
    /// The largest magnitude of an amount that is read: 2^96, so that a million of them sum.
    static let amountLimit = Int128(1) << 96

    /// A whole number: `0`, `7` or `-7`, no leading zeros, no sign but the minus; nil if it is
    /// written otherwise or 2^96 or more in magnitude.
    static func amount(_ text: some StringProtocol) -> Int128? {
        guard let value = integer(text), value.magnitude < amountLimit.magnitude else { return nil }
        return value
    }

    /// A quotient in lowest terms with its sign above and a denominator from 1: `-7/12`, `0/1`.
    static func quotient(_ text: some StringProtocol) -> Quotient? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let numerator = integer(parts[0]),
            let denominator = integer(parts[1]),
            let value = Quotient(numerator, denominator), value.numerator == numerator,
            value.denominator == denominator
        else { return nil }
        return value
    }

    private static func integer(_ text: some StringProtocol) -> Int128? {
        let isNegative = text.utf8.first == 0x2d
        let digits = text.utf8.dropFirst(isNegative ? 1 : 0)
        guard let first = digits.first, digits.allSatisfy({ (0x30...0x39).contains($0) }),
            first != 0x30 || digits.count == 1 && !isNegative
        else { return nil }
        return Int128(String(text))
    }
}
