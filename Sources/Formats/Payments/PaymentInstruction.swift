public import Money
public import Signing

/// What a bank is to pay from one account on one day, as plain values: the content of a file
/// pain.001 (R-05, S-25, spec/22).
public struct PaymentInstruction: Hashable, Sendable {
    /// The versions of the format that are written.
    public enum Version: String, Hashable, Sendable, CaseIterable {
        /// Of 2009, which many banks still take.
        case pain03 = "pain.001.001.03"
        /// Of 2019.
        case pain09 = "pain.001.001.09"

        /// The namespace of the format.
        public var namespace: String { "urn:iso:std:iso:20022:tech:xsd:\(rawValue)" }
    }

    /// Someone with an account.
    public struct Party: Hashable, Sendable {
        /// The name, at most 140 characters of the Latin set.
        public var name: String
        /// The account.
        public var iban: IBAN
        /// The bank, or nil where the account number is enough.
        public var bic: BIC?

        /// A party.
        public init(name: String, iban: IBAN, bic: BIC? = nil) {
            self.name = name
            self.iban = iban
            self.bic = bic
        }
    }

    /// One payment.
    public struct Payment: Hashable, Sendable {
        /// The identifier that the bank's entry carries back, at most 35 characters.
        public var endToEndID: String
        /// Minor units, positive.
        public var amount: Int128
        /// The currency.
        public var currency: Currency
        /// Who is paid.
        public var creditor: Party
        /// What the payee reads, at most 140 characters of the Latin set.
        public var remittance: String

        /// A payment.
        public init(
            endToEndID: String,
            amount: Int128,
            currency: Currency,
            creditor: Party,
            remittance: String
        ) {
            self.endToEndID = endToEndID
            self.amount = amount
            self.currency = currency
            self.creditor = creditor
            self.remittance = remittance
        }
    }

    /// The identifier of the file, at most 35 characters; with payments in several currencies at
    /// most 31.
    public var messageID: String
    /// When the file was made; the file states whole seconds.
    public var createdAt: Timestamp
    /// Who gives the instruction, at most 140 characters of the Latin set.
    public var initiatingParty: String
    /// Who pays.
    public var debtor: Party
    /// The day on which the bank is to pay.
    public var requestedDate: CivilDate
    /// The payments; in the file they stand by currency, and within one in this order.
    public var payments: [Payment]

    /// An instruction.
    public init(
        messageID: String,
        createdAt: Timestamp,
        initiatingParty: String,
        debtor: Party,
        requestedDate: CivilDate,
        payments: [Payment]
    ) {
        self.messageID = messageID
        self.createdAt = createdAt
        self.initiatingParty = initiatingParty
        self.debtor = debtor
        self.requestedDate = requestedDate
        self.payments = payments
    }

    /// The currencies of the payments, in the order of their letters.
    public var currencies: [Currency] {
        var list: [Currency] = []
        for currency in payments.map(\.currency).sorted() where list.last != currency {
            list.append(currency)
        }
        return list
    }

    /// The identifier of the part of the file with the payments of one currency.
    func partID(_ currency: Currency) -> String {
        currencies.count == 1 ? messageID : "\(messageID)-\(currency.code)"
    }
}
