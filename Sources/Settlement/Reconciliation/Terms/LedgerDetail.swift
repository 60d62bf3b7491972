/// What the ledger knows of a row besides what a book states; causes are found by it.
public struct LedgerDetail: Hashable, Sendable {
    /// The units offered that the rate was applied to, or 0 if the row follows from no rate.
    public var amount: Int64 = 0
    /// The units of the row without bonus, 0 or more.
    public var base: Int64 = 0
    /// The units of the bonus, 0 or more.
    public var bonus: Int64 = 0
    /// The units that the agreed price is owed for, 0 or more.
    public var priced: Int64 = 0
    /// The agreement: a number of `ReconciliationTerms.agreements`, or `noAgreement`.
    public var agreement = LedgerDetail.noAgreement

    /// No agreement.
    public static let noAgreement = UInt16.max

    /// A row without anything.
    public init() {}
}
