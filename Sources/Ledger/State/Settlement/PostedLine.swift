public import Money
public import Settlement
public import Signing

/// What one item of an entry made one participant owe another (spec/25 §1).
public struct PostedLine: Sendable, Hashable {
    /// The account that it belongs to (spec/20 §1).
    public struct Account: Sendable, Hashable {
        /// The terms hash of the agreement.
        public let agreement: Digest
        /// What it is for.
        public let purpose: DebtPurpose
        /// Who owes.
        public let debtor: String
        /// Whom it is owed to.
        public let creditor: String
        /// The currency.
        public let currency: Currency

        /// The account of a debt.
        public init(_ debt: SettlementDebtLine) {
            agreement = debt.agreement
            purpose = debt.purpose
            debtor = debt.debtor
            creditor = debt.creditor
            currency = debt.currency
        }

        init(
            agreement: Digest,
            purpose: DebtPurpose,
            debtor: String,
            creditor: String,
            currency: Currency
        ) {
            self.agreement = agreement
            self.purpose = purpose
            self.debtor = debtor
            self.creditor = creditor
            self.currency = currency
        }
    }

    /// The entry that posted or reversed it.
    public let index: UInt64
    /// The number of the item in the `transfers` entry, from 0.
    public let item: Int32
    /// The id of the `transfers` entry.
    public let transfers: UUIDv7
    /// Whom it burdens, for whom, and why.
    public let account: Account
    /// Minor units of the account's currency; negative by a reversal.
    public let exact: Quotient
    /// Units debited; negative by a reversal.
    public let debit: Int64
    /// Units credited, without bonuses.
    public let credit: Int64
    /// Units of bonuses.
    public let bonus: Int64

    /// The name of the transfer: id and item.
    public var name: String { "\(transfers)/\(item)" }
}
