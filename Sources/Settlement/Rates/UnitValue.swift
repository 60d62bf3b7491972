public import Money

/// What one unit of a program is worth: millionths of a minor unit of the numeraire (spec/24 §1).
///
/// A value is from 1 to 2^31 − 2 millionths. It is computed exactly and rounded once, half-even;
/// from then on the rounded number is the value. Where there is none, it is nil.
public struct UnitValue: Hashable, Sendable, Codable {
    /// How many values one minor unit has.
    public static let scale: Int64 = 1_000_000

    /// Millionths of a minor unit of the numeraire.
    public let millionths: Int64

    /// A value, or nil when it is 0 or less, or 2^31 − 1 millionths or more.
    public init?(millionths: Int128) {
        guard millionths > 0, millionths < Int128(Rate.limit) else { return nil }
        self.millionths = Int64(millionths)
    }

    /// A price in some currency, brought to the numeraire by minor units of it for one of that
    /// currency.
    public init?(_ price: Rate, quote: Quotient) {
        guard
            let millionths = Quotient.scaled(
                Int128(price.numerator) * Int128(Self.scale),
                by: quote,
                over: Int128(price.denominator),
                rounding: .halfEven
            )
        else { return nil }
        self.init(millionths: millionths)
    }

    /// The middle of bid and ask in some currency, brought to the numeraire.
    public init?(bid: Rate, ask: Rate, quote: Quotient) {
        let sum =
            Int128(bid.numerator) * Int128(ask.denominator)
            + Int128(ask.numerator) * Int128(bid.denominator)
        guard
            let millionths = Quotient.scaled(
                sum * Int128(Self.scale),
                by: quote,
                over: 2 * Int128(bid.denominator) * Int128(ask.denominator),
                rounding: .halfEven
            )
        else { return nil }
        self.init(millionths: millionths)
    }

    /// The mean of some values, or nil of none.
    public init?(meanOf values: [UnitValue]) {
        guard !values.isEmpty else { return nil }
        let sum = values.reduce(Int128(0)) { $0 + Int128($1.millionths) }
        self.init(millionths: sum.divided(by: Int128(values.count), rounding: .halfEven))
    }

    /// Minor units of the numeraire, exactly.
    public var minorUnits: Quotient {
        Quotient(Int128(millionths), Int128(Self.scale)) ?? .zero
    }
}
