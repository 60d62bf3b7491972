/// The limits of this room.
public enum SettlementLimits {
    /// Every amount of one position is below this magnitude: 2^60 minor units.
    public static let amount: Int128 = 1 << 60
    /// Every sum of amounts is below this magnitude: 2^100 minor units, so 2^40 positions.
    static let sum: Int128 = 1 << 100
    /// The most participants that an exact payment plan is made for.
    public static let exactPlan = 20

    /// Whether an amount is within the limit.
    static func allows(_ amount: Int128) -> Bool {
        amount.magnitude < Self.amount.magnitude
    }
}
