/// What kind of difference a break is; raw values are stable codes.
public enum BreakType: String, Hashable, Sendable, CaseIterable {
    /// The ledger has it, the partner's books have not.
    case missingAtPartner
    /// The partner's books have it, the ledger has not.
    case missingInLedger
    /// Units or money differ.
    case amount
    /// The program or the currency differs.
    case unit
    /// Another rate or price was applied than the agreed one.
    case rate
    /// The fee differs.
    case fee
    /// The day is outside the days that are allowed, or in the other window.
    case date
    /// One side has it more than once.
    case duplicate
    /// It was reversed on one side alone.
    case reversedOneSide
    /// It has come further on one side: pending against done, done against called off.
    case status
    /// The partner's member is not linked in the ledger, or is another one.
    case memberNotLinked
    /// Several rows fit equally well; nothing decides between them.
    case ambiguous
    /// A line of a file cannot be read.
    case unparsable
    /// Opening balance and rows, or statement and statement, do not join.
    case balanceRoll
    /// The partner has it in this window, the ledger after the cut.
    case lateAfterCut

    /// A payment that was due did not come.
    case unpaid
    /// Less came than was due.
    case short
    /// More came than was due.
    case over
    /// The same payment came again.
    case twice
    /// It went to an account that is not the one it was due to.
    case wrongAccount
    /// A bank kept a charge.
    case bankCharge
    /// Money moved that nothing was due for.
    case unexpected

    /// The days in which a break of this type is to be closed, if the terms say nothing else.
    public var serviceDays: Int {
        switch self {
        case .unpaid, .short, .wrongAccount, .twice, .balanceRoll, .unparsable: 1
        case .missingAtPartner, .missingInLedger, .duplicate, .reversedOneSide, .over,
            .unexpected:
            3
        case .amount, .unit, .rate, .fee, .ambiguous, .memberNotLinked: 7
        case .date, .status, .lateAfterCut, .bankCharge: 7
        }
    }
}
