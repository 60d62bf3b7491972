/// A signed integer of 256 bits, which holds the product of two of 128 bits exactly.
struct WideProduct: Comparable {
    private let isNegative: Bool
    private let high: UInt128
    private let low: UInt128

    /// The product of two integers.
    init(_ left: Int128, _ right: Int128) {
        let (high, low) = left.magnitude.multipliedFullWidth(by: right.magnitude)
        self.init(isNegative: (left < 0) != (right < 0), high, low)
    }

    private init(isNegative: Bool, _ high: UInt128, _ low: UInt128) {
        self.high = high
        self.low = low
        self.isNegative = isNegative && (high != 0 || low != 0)
    }

    var isZero: Bool { high == 0 && low == 0 }

    /// The sum of two products, whose magnitudes are below 2^254.
    func adding(_ other: WideProduct) -> WideProduct {
        if isNegative == other.isNegative {
            let (low, carries) = low.addingReportingOverflow(other.low)
            return WideProduct(isNegative: isNegative, high &+ other.high &+ (carries ? 1 : 0), low)
        }
        if exceeds(other) { return lessened(by: other) }
        return other.lessened(by: self)
    }

    private func exceeds(_ other: WideProduct) -> Bool {
        (high, low) >= (other.high, other.low)
    }

    private func lessened(by other: WideProduct) -> WideProduct {
        let (low, borrows) = low.subtractingReportingOverflow(other.low)
        return WideProduct(isNegative: isNegative, high &- other.high &- (borrows ? 1 : 0), low)
    }

    /// What is left of the magnitude after division by a positive number below 2^127.
    func remainder(by divisor: UInt128) -> Int128 {
        Int128(divisor.dividingFullWidth((high % divisor, low)).remainder)
    }

    /// The quotient by a positive number, rounded, or nil when it has more than 127 bits.
    func divided(by divisor: WideProduct, rounding: Rounding) -> Int128? {
        let whole: UInt128
        let rest: WideProduct
        if divisor.high == 0 {
            guard high < divisor.low else { return nil }
            let parts = divisor.low.dividingFullWidth((high, low))
            whole = parts.quotient
            rest = WideProduct(isNegative: false, 0, parts.remainder)
        } else {
            (whole, rest) = longDivision(by: divisor)
        }
        let isUp = roundsUp(whole, rest, divisor, rounding)
        let (magnitude, overflow) = whole.addingReportingOverflow(isUp ? 1 : 0)
        guard !overflow, magnitude <= Int128.max.magnitude else { return nil }
        return isNegative ? -Int128(magnitude) : Int128(magnitude)
    }

    /// Whether the magnitude is rounded away from zero.
    private func roundsUp(
        _ whole: UInt128,
        _ rest: WideProduct,
        _ divisor: WideProduct,
        _ rounding: Rounding
    ) -> Bool {
        if rest.isZero { return false }
        let other = divisor.lessened(by: rest)
        switch rounding {
        case .floor: return isNegative
        case .ceiling: return !isNegative
        case .halfUp: return rest.exceeds(other)
        case .halfEven:
            let isTie = rest.high == other.high && rest.low == other.low
            return isTie ? whole & 1 == 1 : rest.exceeds(other)
        }
    }

    /// Division bit by bit, for divisors of more than 128 bits; the quotient has at most 127.
    private func longDivision(by divisor: WideProduct) -> (UInt128, WideProduct) {
        var quotient: UInt128 = 0
        var rest = WideProduct(isNegative: false, 0, high)
        for place in (0..<128).reversed() {
            let bit = low >> UInt128(place) & 1
            rest = WideProduct(
                isNegative: false,
                rest.high << 1 | rest.low >> 127,
                rest.low << 1 | bit
            )
            quotient <<= 1
            guard rest.exceeds(divisor) else { continue }
            rest = rest.lessened(by: divisor)
            quotient |= 1
        }
        return (quotient, rest)
    }

    /// Orders by size.
    static func < (left: WideProduct, right: WideProduct) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative
            ? (right.high, right.low) < (left.high, left.low)
            : (left.high, left.low) < (right.high, right.low)
    }
}
