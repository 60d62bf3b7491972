extension Quotient {
    /// The most digits that a decimal text may have.
    public static let decimalDigitLimit = 36

    /// The number of a decimal text as `-12.0071`, or nil when it is not written so.
    ///
    /// Digits, then at most one point between digits; a leading zero only before the point; no
    /// exponent, no plus sign, at most 36 digits in all.
    public init?(decimal text: some StringProtocol) {
        var digits = Array(text.utf8)
        let isNegative = digits.first == 0x2d
        if isNegative { digits.removeFirst() }
        let parts = digits.split(separator: 0x2e, omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = parts.first,
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0 &- 0x30 < 10 } }),
            whole.count == 1 || whole.first != 0x30,
            digits.count <= Self.decimalDigitLimit + parts.count - 1
        else { return nil }
        var numerator: Int128 = 0
        for digit in parts.joined() { numerator = numerator * 10 + Int128(digit &- 0x30) }
        var denominator: Int128 = 1
        for _ in 0..<(parts.count == 2 ? parts[1].count : 0) { denominator *= 10 }
        self.init(isNegative ? -numerator : numerator, denominator)
    }
}

extension Rate {
    /// The rate of this size in lowest terms, or nil when a part is not from 1 to 2^31 − 1.
    public init?(_ quotient: Quotient) {
        guard let numerator = Int64(exactly: quotient.numerator),
            let denominator = Int64(exactly: quotient.denominator)
        else { return nil }
        self.init(numerator: numerator, denominator: denominator)
    }
}
