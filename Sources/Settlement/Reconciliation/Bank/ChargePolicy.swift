/// What banks may keep of a payment without its being short.
public struct ChargePolicy: Hashable, Sendable {
    /// The bank's codes of payments that a charge was taken from.
    public var codes: [String]
    /// The most that may be taken, in minor units.
    public var limit: Int64

    /// A policy; without codes only charges that a line states are known.
    public init(codes: [String] = [], limit: Int64 = 0) {
        self.codes = codes
        self.limit = limit
    }
}
