/// What the money on the settlement account is: the identity that holds every night.
///
/// Closing balance = cover + undistributed + carry + float, in minor units of one currency.
public struct BalanceIdentity: Hashable, Sendable {
    /// What the bank's statement closes with.
    public let closingBalance: Int128
    /// What participants deposited as cover.
    public let cover: Int128
    /// What was collected and is not paid out yet.
    public let undistributed: Int128
    /// What is carried for participants: what they are owed less what they owe.
    public let carry: Int128
    /// What the operator keeps there of its own.
    public let float: Int128

    /// The addends of one night.
    public init(
        closingBalance: Int128,
        cover: Int128,
        undistributed: Int128,
        carry: Int128,
        float: Int128
    ) {
        self.closingBalance = closingBalance
        self.cover = cover
        self.undistributed = undistributed
        self.carry = carry
        self.float = float
    }

    /// What the account should have.
    public var expected: Int128 { cover + undistributed + carry + float }
    /// What it has more, or less when negative: 0 when the night is explained.
    public var difference: Int128 { closingBalance - expected }
}
