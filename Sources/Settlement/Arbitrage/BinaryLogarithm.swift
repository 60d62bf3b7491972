/// Binary logarithms in whole numbers, to prune before exact fractions decide.
///
/// A logarithm counts 2^−40. The room computes without floats, so the result is the same on every
/// machine.
enum BinaryLogarithm {
    /// Fraction bits.
    static let fractionBits = 40
    /// The most by which a ratio's logarithm may be off, either way.
    static let error: Int64 = 2

    /// The logarithm of a positive fraction, off by less than `error`.
    static func of(_ ratio: ExactRatio) -> Int64 {
        of(ratio.numerator) - of(ratio.denominator)
    }

    /// The logarithm of a positive number, too small by less than 2.
    ///
    /// Each squaring of the mantissa gives one more bit; cut mantissas err by less than 2^−57 in
    /// sum.
    static func of(_ number: BigNatural) -> Int64 {
        let width = number.bitWidth
        if number.limbs.count == 1, number.limbs[0] & (number.limbs[0] - 1) == 0 {
            return Int64(width - 1) << Int64(fractionBits)
        }
        var mantissa =
            width > 64
            ? number.shiftedRight(by: width - 64).limbs[0] : number.limbs[0] << UInt64(64 - width)
        var fraction: Int64 = 0
        for _ in 0..<fractionBits {
            let (high, low) = mantissa.multipliedFullWidth(by: mantissa)
            fraction <<= 1
            if high >> 63 == 1 {
                fraction |= 1
                mantissa = high
            } else {
                mantissa = high << 1 | low >> 63
            }
        }
        return Int64(width - 1) << Int64(fractionBits) | fraction
    }
}
