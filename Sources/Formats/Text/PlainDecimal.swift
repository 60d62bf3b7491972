public import Money

/// A decimal number as files write it: digits, and perhaps a point with digits on both sides.
///
/// No sign, no exponent, no grouping; at most 30 digits. It keeps the places as written, so `1.10`
/// is 110 over 10^2.
public struct PlainDecimal: Hashable, Sendable {
    /// The most digits.
    public static let digitLimit = 30

    /// The number without its point.
    public let digits: Int128
    /// How many of the digits stand behind the point.
    public let places: Int

    /// The number of an ASCII text, or nil if it is not written so.
    ///
    /// Complexity: O(n).
    public init?(_ text: some Collection<UInt8>) {
        var digits: Int128 = 0
        var count = 0
        var behind: Int?
        for byte in text {
            if byte == 0x2e, behind == nil, count > 0 {
                behind = 0
                continue
            }
            guard byte >= 0x30, byte <= 0x39, count < Self.digitLimit else { return nil }
            digits = digits * 10 + Int128(byte - 0x30)
            count += 1
            if let places = behind { behind = places + 1 }
        }
        guard count > 0, behind != 0 else { return nil }
        self.digits = digits
        places = behind ?? 0
    }

    /// The number in units of 10^−scale, or nil if it is not a whole number of them.
    ///
    /// Scale is 0 to 8; zeros behind the last place of the scale are no fault.
    public func units(scale: Int) -> Int128? {
        if places <= scale { return digits * Self.powerOfTen(scale - places) }
        let divisor = Self.powerOfTen(places - scale)
        return digits % divisor == 0 ? digits / divisor : nil
    }

    /// The number as a rate of its digits over a power of ten, or nil if it is 0 or a part of it
    /// passes 2^31 − 1.
    public var rate: Rate? {
        guard digits <= Int128(Rate.limit), places < 10 else { return nil }
        return Rate(numerator: Int64(digits), denominator: Int64(Self.powerOfTen(places)))
    }

    /// Ten to a power from 0 to 30.
    static func powerOfTen(_ exponent: Int) -> Int128 {
        var power: Int128 = 1
        for _ in 0..<max(0, min(exponent, digitLimit)) { power *= 10 }
        return power
    }

    /// A whole number of units of 10^−scale as plain text: `-1234.56`.
    public static func text(_ units: Int128, scale: Int) -> String {
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        let sign = units < 0 ? "-" : ""
        if scale == 0 { return sign + padded }
        return sign + padded.dropLast(scale) + "." + padded.suffix(scale)
    }
}
