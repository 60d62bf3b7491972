/// A difference between payments that are due and what a bank shows.
public struct BankBreak: Hashable, Sendable {
    /// `unpaid`, `short`, `over`, `twice`, `wrongAccount`, `bankCharge` or `unexpected`.
    public let type: BreakType
    /// Where it probably comes from.
    public let cause: BreakCause
    /// The payment: a number of `BankCheck.dues`; nil when nothing was due.
    public let due: Int?
    /// The lines: numbers of `BankCheck.lines`, rising.
    public let lines: [Int]
    /// Payments of the same open amount that an unexpected line may be of, rising.
    ///
    /// A person decides.
    public let candidates: [Int]
    /// What was due, in minor units.
    public let expected: Int64
    /// What came, in minor units.
    public let found: Int64
    /// The currency of both.
    public let currency: String
    /// Days since the deadline, or since the day of the line; at least 0.
    public let ageDays: Int

    /// The bucket of its age.
    public var age: AgeBucket { AgeBucket(days: ageDays) }
    /// What may be lost, in minor units of `currency`: a surplus counts like a shortfall.
    public var valueAtRisk: Int64 {
        type == .wrongAccount
            ? found : Int64(clamping: (Int128(expected) - Int128(found)).magnitude)
    }
}
