/// An exact rational number: an integer over a positive integer, in lowest terms.
///
/// Both parts are below 2^127 in magnitude; zero is 0/1. Equal numbers are equal values. Nothing
/// here traps or wraps: a result whose parts do not fit is an error.
public struct Quotient: Hashable, Sendable {
    /// The numerator, which carries the sign.
    public let numerator: Int128
    /// The denominator, at least 1.
    public let denominator: Int128

    /// The quotient of two integers in lowest terms.
    ///
    /// It is nil when the denominator is not positive, or the numerator is −2^127.
    public init?(_ numerator: Int128, _ denominator: Int128) {
        guard denominator > 0, numerator != .min else { return nil }
        let divisor = Int128.greatestCommonDivisor(numerator, denominator)
        self.init(lowest: numerator / divisor, denominator / divisor)
    }

    /// An integer.
    public init(_ integer: Int64) {
        self.init(lowest: Int128(integer), 1)
    }

    /// An exact rate.
    public init(_ rate: Rate) {
        self.init(reducing: Int128(rate.numerator), Int128(rate.denominator))
    }

    /// An exact share.
    public init(_ fraction: Fraction) {
        self.init(reducing: Int128(fraction.numerator), Int128(fraction.denominator))
    }

    /// The number 0.
    public static let zero = Quotient(lowest: 0, 1)
    /// The number 1.
    public static let one = Quotient(lowest: 1, 1)

    /// Parts that are in lowest terms already.
    init(lowest numerator: Int128, _ denominator: Int128) {
        self.numerator = numerator
        self.denominator = denominator
    }

    private init(reducing numerator: Int128, _ denominator: Int128) {
        let divisor = Int128.greatestCommonDivisor(numerator, denominator)
        self.init(lowest: numerator / divisor, denominator / divisor)
    }
}

extension Quotient {
    /// Whether the number is an integer.
    public var isInteger: Bool { denominator == 1 }

    /// The number with the other sign.
    public var negated: Quotient { Quotient(lowest: -numerator, denominator) }

    /// The integer that a rounding makes of the number.
    public func rounded(_ rounding: Rounding) -> Int128 {
        numerator.divided(by: denominator, rounding: rounding)
    }

    /// This number × an integer ÷ a positive integer, rounded once.
    ///
    /// Products are taken at full width, so only a result beyond 127 bits or a divisor below 1 is
    /// nil.
    public static func scaled(
        _ numerator: Int128,
        by quotient: Quotient,
        over divisor: Int128 = 1,
        rounding: Rounding
    ) -> Int128? {
        guard divisor > 0 else { return nil }
        let product = WideProduct(numerator, quotient.numerator)
        let whole = WideProduct(quotient.denominator, divisor)
        return product.divided(by: whole, rounding: rounding)
    }
}

extension Quotient: Comparable {
    /// Orders numbers by their size, exactly.
    public static func < (left: Quotient, right: Quotient) -> Bool {
        WideProduct(left.numerator, right.denominator)
            < WideProduct(right.numerator, left.denominator)
    }
}

extension Quotient: CustomStringConvertible {
    /// Numerator and denominator: `-7/12`, and `5/1` for an integer.
    public var description: String { "\(numerator)/\(denominator)" }
}
