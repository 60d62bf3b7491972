/// An exact positive rate: a numerator over a denominator, both from 1 to 2^31 − 1 (spec/09 §2).
public struct Rate: Hashable, Sendable, Codable {
    /// The largest numerator or denominator: 2^31 − 1.
    public static let limit: Int64 = 2_147_483_647

    /// How many parts.
    public let numerator: Int64
    /// Of how many parts.
    public let denominator: Int64

    /// A rate, or nil when a part is out of range.
    public init?(numerator: Int64, denominator: Int64) {
        guard (1...Self.limit).contains(numerator), (1...Self.limit).contains(denominator) else {
            return nil
        }
        self.numerator = numerator
        self.denominator = denominator
    }

    /// One for one.
    public static let one = Rate(unchecked: 1, 1)

    private init(unchecked numerator: Int64, _ denominator: Int64) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The amount at this rate, rounded down.
    ///
    /// Exact: products of 64-bit amounts fit into 128 bits.
    public func floor(of amount: Int64) -> Int128 {
        (Int128(amount) * Int128(numerator)).divided(by: Int128(denominator), rounding: .floor)
    }

    /// Whether the rate is at most another one.
    public static func <= (left: Rate, right: Rate) -> Bool {
        Int128(left.numerator) * Int128(right.denominator)
            <= Int128(right.numerator) * Int128(left.denominator)
    }
}

/// An exact share from 0 to 1, `{"numerator": n, "denominator": d}` with 0 ≤ n ≤ d ≤ 2^31 − 1
/// (spec/09 §2).
public struct Fraction: Hashable, Sendable, Codable {
    /// How many parts.
    public let numerator: Int64
    /// Of how many parts.
    public let denominator: Int64

    /// A fraction, or nil when it is not one from 0 to 1.
    public init?(numerator: Int64, denominator: Int64) {
        guard (1...Rate.limit).contains(denominator), (0...denominator).contains(numerator) else {
            return nil
        }
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The share of an amount, rounded down.
    public func floor(of amount: Int64) -> Int64 {
        Int64(
            (Int128(amount) * Int128(numerator)).divided(by: Int128(denominator), rounding: .floor)
        )
    }

    /// Whether fractions sum to at most one, exactly.
    public static func sumIsAtMostOne(_ fractions: [Fraction]) -> Bool {
        var numerator: Int128 = 0
        var denominator: Int128 = 1
        for fraction in fractions {
            numerator =
                numerator * Int128(fraction.denominator) + Int128(fraction.numerator) * denominator
            denominator *= Int128(fraction.denominator)
            let divisor = Int128.greatestCommonDivisor(numerator, denominator)
            numerator /= divisor
            denominator /= divisor
            if numerator > denominator { return false }
        }
        return true
    }
}
