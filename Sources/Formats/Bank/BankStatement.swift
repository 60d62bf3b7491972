public import Money
public import Signing

/// A bank's account of what happened on an account: one statement of a camt.053, or one
/// notification of a camt.054.
public struct BankStatement: Hashable, Sendable {
    /// Which of the two messages it is from.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A statement with balances: camt.053.
        case statement
        /// A notification of single entries: camt.054.
        case notification
    }

    /// Whether the account is credited or debited.
    public enum Direction: String, Hashable, Sendable, CaseIterable {
        /// Money came in, or a balance in favour.
        case credit = "CRDT"
        /// Money went out, or an overdraft.
        case debit = "DBIT"
    }

    /// A balance.
    public struct Balance: Hashable, Sendable {
        /// The code, such as `OPBD`, `PRCD`, `CLBD` or `ITBD`.
        public let code: String
        /// Minor units, 0 or more.
        public let amount: Int128
        /// The currency.
        public let currency: Currency
        /// In favour, or overdrawn.
        public let direction: Direction
        /// The day.
        public let date: CivilDate
    }

    /// A payment inside of an entry.
    public struct Detail: Hashable, Sendable {
        /// The identifier that the payer gave, or an empty text.
        public let endToEndID: String
        /// Minor units, 0 or more, or nil if the bank states none.
        public let amount: Int128?
        /// The currency of the amount, or nil.
        public let currency: Currency?
        /// The direction of the detail, which is that of the entry if the bank states none.
        public let direction: Direction
        /// Free remittance text, its lines joined by a space.
        public let remittance: String
        /// The identifier that the payer gave its bank (`InstrId`), or an empty text.
        public let instructionID: String
        /// The identifier of the first bank for the whole way (`TxId`), or an empty text.
        public let transactionID: String
        /// The creditor's reference of a structured remittance, or an empty text.
        public let creditorReference: String
    }

    /// What a bank says of a batch that it booked as one entry.
    public struct Batch: Hashable, Sendable {
        /// The identifier of the message that ordered it, or an empty text.
        public let messageID: String
        /// The identifier of the batch in that message, or an empty text.
        public let paymentInformationID: String
        /// How many payments are in it, or nil.
        public let transactionCount: Int?
    }

    /// An entry.
    public struct Entry: Hashable, Sendable {
        /// Minor units, 0 or more.
        public let amount: Int128
        /// The currency.
        public let currency: Currency
        /// Money came in, or went out.
        public let direction: Direction
        /// Whether it takes an earlier entry back.
        public let isReversal: Bool
        /// The status, such as `BOOK`, `PDNG` or `INFO`.
        public let status: String
        /// The day of booking, or nil.
        public let bookingDate: CivilDate?
        /// The day from which interest counts, or nil.
        public let valueDate: CivilDate?
        /// The bank's own reference, or an empty text.
        public let reference: String
        /// The number of the entry in its statement (`NtryRef`), or an empty text.
        public let entryReference: String
        /// What kind of transaction it is (`BkTxCd`): `PMNT/RCDT/ESCT`, or the bank's own code, or
        /// an empty text.
        public let transactionCode: String
        /// What is said of its batches.
        public let batches: [Batch]
        /// The payments in it.
        public let details: [Detail]
        /// The line of the file at which it begins.
        public let line: Int

        /// Minor units with their sign: positive came in.
        ///
        /// A reversal states the direction in which money moves now, so it needs no other sign.
        public var signedAmount: Int128 { direction == .credit ? amount : -amount }
    }

    /// Which of the two messages it is from.
    public let kind: Kind
    /// The identifier of the statement.
    public let id: String
    /// The electronic sequence number, or nil.
    public let sequenceNumber: Int?
    /// The first day that it is about (`FrToDt`), or nil.
    public let firstDay: CivilDate?
    /// The last day that it is about, or nil.
    public let lastDay: CivilDate?
    /// The account: its IBAN, or the bank's own number.
    public let account: String
    /// The currency of the account, or nil if the bank states none.
    public let currency: Currency?
    /// The balances in the order of the file.
    public let balances: [Balance]
    /// The entries in the order of the file.
    public let entries: [Entry]
}
