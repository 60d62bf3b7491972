/// How an exact quotient becomes an integer.
public enum Rounding: String, Hashable, Sendable, Codable, CaseIterable {
    /// Toward −∞.
    case floor
    /// Toward +∞.
    case ceiling
    /// To the nearest, ties to the even one. The rounding of money (S-52).
    case halfEven
    /// To the nearest, ties away from zero.
    case halfUp
}

extension Int128 {
    /// The quotient, rounded.
    ///
    /// The divisor is positive.
    public func divided(by divisor: Int128, rounding: Rounding) -> Int128 {
        let (quotient, remainder) = quotientAndRemainderFast(dividingBy: divisor)
        if remainder == 0 { return quotient }
        let lower = remainder < 0 ? quotient - 1 : quotient
        let rest = remainder < 0 ? remainder + divisor : remainder
        switch rounding {
        case .floor: return lower
        case .ceiling: return lower + 1
        case .halfEven:
            // Compared with what is left of the divisor, since twice the rest may not fit.
            if rest == divisor - rest { return lower & 1 == 0 ? lower : lower + 1 }
            return rest < divisor - rest ? lower : lower + 1
        case .halfUp:
            if rest == divisor - rest { return self < 0 ? lower : lower + 1 }
            return rest < divisor - rest ? lower : lower + 1
        }
    }

    /// The quotient and the remainder, by the machine's division when both numbers fit into 64
    /// bits.
    private func quotientAndRemainderFast(dividingBy divisor: Int128) -> (Int128, Int128) {
        guard let low = Int64(exactly: self), let small = Int64(exactly: divisor) else {
            return quotientAndRemainder(dividingBy: divisor)
        }
        let (quotient, remainder) = low.quotientAndRemainder(dividingBy: small)
        return (Int128(quotient), Int128(remainder))
    }

    /// The greatest common divisor of two numbers, at least 1 when either is not 0.
    public static func greatestCommonDivisor(_ left: Int128, _ right: Int128) -> Int128 {
        var pair = (left.magnitude, right.magnitude)
        while pair.1 != 0 { pair = (pair.1, pair.0 % pair.1) }
        return Int128(pair.0)
    }

    /// The least common multiple of two positive numbers, or nil above a limit.
    public static func leastCommonMultiple(
        _ left: Int128,
        _ right: Int128,
        atMost limit: Int128
    ) -> Int128? {
        let (product, overflow) = (left / greatestCommonDivisor(left, right))
            .multipliedReportingOverflow(by: right)
        return overflow || product > limit ? nil : product
    }
}
