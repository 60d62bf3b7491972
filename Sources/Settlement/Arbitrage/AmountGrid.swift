internal import Money

/// The allowed amounts `minimum + k × increment`, and which of them are multiples of something.
struct AmountGrid: Hashable {
    let minimum: Int64
    let increment: Int64

    /// The first place whose amount is at least so much, counted from 0.
    func place(atLeast amount: Int64) -> Int64 {
        guard amount > minimum else { return 0 }
        return (amount - minimum - 1) / increment + 1
    }

    func amount(at place: Int64) -> Int64 { minimum + place * increment }

    /// The smallest amount of at least `least` that leaves `residue` when divided by `period`.
    ///
    /// Nil when there is none up to 2^62.
    func amount(atLeast least: Int64, residue: Int64, period: Int64) -> Int64? {
        let divisor = Int64(Int128.greatestCommonDivisor(Int128(increment), Int128(period)))
        let distance = Int128(residue) - Int128(minimum)
        guard distance % Int128(divisor) == 0 else { return nil }
        let modulus = Int128(period / divisor)
        let inverse = Self.inverse(Int128(increment / divisor) % modulus, modulus)
        var place = (distance / Int128(divisor)) % modulus * inverse % modulus
        if place < 0 { place += modulus }
        let start = Int128(self.place(atLeast: least))
        if place < start {
            place += (start - place).divided(by: modulus, rounding: .ceiling) * modulus
        }
        let amount = Int128(minimum) + place * Int128(increment)
        return amount <= 1 << 62 ? Int64(amount) : nil
    }

    /// The grid of those amounts that are multiples of a period, or nil when there are none.
    func aligned(to period: Int64) -> AmountGrid? {
        guard let first = amount(atLeast: minimum, residue: 0, period: period),
            let step = Int128.leastCommonMultiple(
                Int128(increment),
                Int128(period),
                atMost: 1 << 60
            ), first <= EdgeTerms.limit
        else { return nil }
        return AmountGrid(minimum: first, increment: Int64(step))
    }

    /// The inverse of a number that shares no divisor with the modulus.
    private static func inverse(_ value: Int128, _ modulus: Int128) -> Int128 {
        var (before, after) = (modulus, value)
        var (left, right): (Int128, Int128) = (0, 1)
        while after != 0 {
            let quotient = before / after
            (before, after) = (after, before - quotient * after)
            (left, right) = (right, left - quotient * right)
        }
        return modulus == 1 ? 0 : (left % modulus + modulus) % modulus
    }
}
