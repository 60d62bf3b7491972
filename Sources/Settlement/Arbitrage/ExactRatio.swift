internal import Money

/// A fraction of natural numbers of any size, in lowest terms: what a path of conversions makes of
/// a unit.
///
/// Comparison is by full products, so no cycle is ever judged by a rounded number (S-60).
public struct ExactRatio: Hashable, Sendable {
    let numerator: BigNatural
    let denominator: BigNatural

    /// A fraction; the denominator is not 0.
    init(_ numerator: BigNatural, _ denominator: BigNatural) {
        let divisor = BigNatural.greatestCommonDivisor(numerator, denominator)
        if divisor == .one {
            self.numerator = numerator
            self.denominator = denominator
        } else {
            self.numerator = numerator.divided(by: divisor).quotient
            self.denominator = denominator.divided(by: divisor).quotient
        }
    }

    /// A fraction in lowest terms already.
    private init(reduced numerator: BigNatural, _ denominator: BigNatural) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// A fraction of a numerator of 0 or more over a positive denominator.
    public init(_ numerator: Int128, _ denominator: Int128) {
        let divisor = Int128.greatestCommonDivisor(numerator, denominator)
        self.init(
            reduced: BigNatural((numerator / divisor).magnitude),
            BigNatural((denominator / divisor).magnitude)
        )
    }

    /// Nothing.
    public static let zero = ExactRatio(0, 1)
    /// One for one.
    public static let one = ExactRatio(1, 1)

    /// The product.
    public static func * (left: ExactRatio, right: ExactRatio) -> ExactRatio {
        ExactRatio(left.numerator * right.numerator, left.denominator * right.denominator)
    }

    /// The quotient; the right one is not 0.
    public static func / (left: ExactRatio, right: ExactRatio) -> ExactRatio {
        ExactRatio(left.numerator * right.denominator, left.denominator * right.numerator)
    }

    /// The sum.
    public static func + (left: ExactRatio, right: ExactRatio) -> ExactRatio {
        ExactRatio(
            left.numerator * right.denominator + right.numerator * left.denominator,
            left.denominator * right.denominator
        )
    }

    /// What is left over the right one, or 0 when that is larger.
    public static func - (left: ExactRatio, right: ExactRatio) -> ExactRatio {
        if left < right { return .zero }
        return ExactRatio(
            left.numerator * right.denominator - right.numerator * left.denominator,
            left.denominator * right.denominator
        )
    }

    /// The whole part.
    ///
    /// Nil when it passes 126 bits.
    public var wholePart: Int128? { numerator.divided(by: denominator).quotient.int128 }

    /// Numerator and denominator, or nil when one passes 126 bits.
    public var parts: (numerator: Int128, denominator: Int128)? {
        guard let numerator = numerator.int128, let denominator = denominator.int128 else {
            return nil
        }
        return (numerator, denominator)
    }

    /// The fraction in so many decimal places, cut off.
    public func decimal(places: Int) -> String {
        var scale = BigNatural.one
        for _ in 0..<places { scale = scale * BigNatural(10 as UInt64) }
        let digits = (numerator * scale).divided(by: denominator).quotient.digits
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return places == 0 ? padded : "\(padded.dropLast(places)).\(padded.suffix(places))"
    }
}

extension ExactRatio: Comparable {
    /// Orders by the exact value.
    public static func < (left: ExactRatio, right: ExactRatio) -> Bool {
        left.numerator * right.denominator < right.numerator * left.denominator
    }
}

extension ExactRatio: CustomStringConvertible {
    /// `3/2`, or `2` for a whole number.
    public var description: String {
        denominator == .one ? numerator.digits : "\(numerator.digits)/\(denominator.digits)"
    }
}

extension Sequence<ExactRatio> {
    /// The product of all; 1 for none.
    func product() -> ExactRatio { reduce(.one) { $0 * $1 } }
}
