extension Quotient {
    /// The sum; an overflow is reported exactly when it does not fit in lowest terms.
    public func adding(_ other: Quotient) throws(QuotientError) -> Quotient {
        let shared = Int128.greatestCommonDivisor(denominator, other.denominator)
        let sum = WideProduct(numerator, other.denominator / shared)
            .adding(WideProduct(other.numerator, denominator / shared))
        if sum.isZero { return .zero }
        // Only what the denominators share can be left to cancel.
        let divisor = Int128.greatestCommonDivisor(sum.remainder(by: shared.magnitude), shared)
        guard let top = sum.divided(by: WideProduct(divisor, 1), rounding: .floor) else {
            throw .overflow
        }
        let (bottom, overflow) = (denominator / shared).multipliedReportingOverflow(
            by: other.denominator / divisor
        )
        guard !overflow else { throw .overflow }
        return Quotient(lowest: top, bottom)
    }

    /// The difference; an overflow is reported exactly when it does not fit in lowest terms.
    public func subtracting(_ other: Quotient) throws(QuotientError) -> Quotient {
        try adding(other.negated)
    }

    /// The product; an overflow is reported exactly when it does not fit in lowest terms.
    public func multiplied(by other: Quotient) throws(QuotientError) -> Quotient {
        let left = Int128.greatestCommonDivisor(numerator, other.denominator)
        let right = Int128.greatestCommonDivisor(other.numerator, denominator)
        let (top, overflow) = (numerator / left).multipliedReportingOverflow(
            by: other.numerator / right
        )
        let (bottom, bottomOverflow) = (denominator / right).multipliedReportingOverflow(
            by: other.denominator / left
        )
        guard !overflow, !bottomOverflow, top != .min else { throw .overflow }
        return Quotient(lowest: top, bottom)
    }

    /// The quotient; an overflow is reported exactly when it does not fit in lowest terms.
    public func divided(by other: Quotient) throws(QuotientError) -> Quotient {
        guard other.numerator != 0 else { throw .divisionByZero }
        let turned =
            other.numerator < 0
            ? Quotient(lowest: -other.denominator, -other.numerator)
            : Quotient(lowest: other.denominator, other.numerator)
        return try multiplied(by: turned)
    }
}
