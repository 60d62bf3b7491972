public import Money
public import Settlement
public import Signing

extension PartnerStatement {
    /// Units of loyalty programmes behind a debt.
    public struct Units: Hashable, Sendable {
        /// Units debited.
        public var debit: Int128
        /// Units credited, without bonuses.
        public var credit: Int128
        /// Units of bonuses.
        public var bonus: Int128

        /// Units of three kinds.
        public init(debit: Int128 = 0, credit: Int128 = 0, bonus: Int128 = 0) {
            self.debit = debit
            self.credit = credit
            self.bonus = bonus
        }
    }

    /// What is owed under one agreement for one purpose (S-20).
    public struct Debt: Hashable, Sendable {
        /// The terms hash of the agreement as text, or an empty text.
        public var agreement: String
        /// Who owes.
        public var debtor: String
        /// Whom it is owed to.
        public var creditor: String
        /// What it is for.
        public var purpose: DebtPurpose
        /// The currency of the price.
        public var priceCurrency: Currency
        /// The units behind it.
        public var units: Units
        /// What is owed before any rounding, in minor units of the price currency.
        public var exact: Quotient
        /// Minor units of the settlement currency for one of the price currency.
        public var quote: Quotient
        /// How exact × quote became the amount.
        public var rounding: Rounding
        /// Minor units of the settlement currency; negative when the creditor owes.
        public var amount: Int128
        /// Tax by category (S-28).
        public var taxes: [Tax]

        /// A debt.
        public init(
            agreement: String,
            debtor: String,
            creditor: String,
            purpose: DebtPurpose,
            priceCurrency: Currency,
            units: Units = Units(),
            exact: Quotient,
            quote: Quotient,
            rounding: Rounding,
            amount: Int128,
            taxes: [Tax] = []
        ) {
            self.agreement = agreement
            self.debtor = debtor
            self.creditor = creditor
            self.purpose = purpose
            self.priceCurrency = priceCurrency
            self.units = units
            self.exact = exact
            self.quote = quote
            self.rounding = rounding
            self.amount = amount
            self.taxes = taxes
        }
    }

    /// Tax of one category in a debt, rounded once (S-28).
    public struct Tax: Hashable, Sendable {
        /// The country, two letters.
        public var country: String
        /// The category by EN 16931.
        public var category: String
        /// The rate in permille.
        public var ratePermille: Int
        /// Whether prices are `net` or `gross`.
        public var basis: String
        /// Who writes the invoice or the self-billed credit note.
        public var invoicer: String
        /// The number of that document, or an empty text.
        public var document: String
        /// Minor units without tax.
        public var net: Int128
        /// Minor units of tax.
        public var tax: Int128

        /// Minor units with tax.
        public var gross: Int128 { net + tax }

        /// Tax of a category.
        public init(
            country: String,
            category: String,
            ratePermille: Int,
            basis: String,
            invoicer: String,
            document: String,
            net: Int128,
            tax: Int128
        ) {
            self.country = country
            self.category = category
            self.ratePermille = ratePermille
            self.basis = basis
            self.invoicer = invoicer
            self.document = document
            self.net = net
            self.tax = tax
        }
    }

    /// One item of one entry, with its share of a debt (S-21).
    public struct Line: Hashable, Sendable {
        /// The entry.
        public var index: UInt64
        /// The position of the item in the entry, from 0.
        public var item: Int32
        /// The name of the transfer.
        public var name: String
        /// The position of its debt in `debts`.
        public var debt: Int
        /// Units debited.
        public var debit: Int64
        /// Units credited, without bonuses.
        public var credit: Int64
        /// Units of bonuses.
        public var bonus: Int64
        /// What is owed for it before rounding, in minor units of the price currency.
        public var exact: Quotient
        /// Minor units of the settlement currency; the lines of a debt sum to its amount.
        public var amount: Int128

        /// A line.
        public init(
            index: UInt64,
            item: Int32,
            name: String,
            debt: Int,
            debit: Int64 = 0,
            credit: Int64 = 0,
            bonus: Int64 = 0,
            exact: Quotient,
            amount: Int128
        ) {
            self.index = index
            self.item = item
            self.name = name
            self.debt = debt
            self.debit = debit
            self.credit = credit
            self.bonus = bonus
            self.exact = exact
            self.amount = amount
        }
    }

    /// A payment that the partner makes or receives.
    public struct Payment: Hashable, Sendable {
        /// Who pays.
        public var payer: String
        /// Who is paid.
        public var payee: String
        /// Minor units, positive.
        public var amount: Int128
        /// The identifier that the bank's entry carries.
        public var endToEndID: String

        /// A payment.
        public init(payer: String, payee: String, amount: Int128, endToEndID: String) {
            self.payer = payer
            self.payee = payee
            self.amount = amount
            self.endToEndID = endToEndID
        }
    }

    /// The difference of an earlier settlement by its final sheet (S-43).
    public struct TrueUpLine: Hashable, Sendable {
        /// The earlier settlement.
        public var settlement: String
        /// The terms hash of the agreement as text, or an empty text.
        public var agreement: String
        /// Who owes.
        public var debtor: String
        /// Whom it is owed to.
        public var creditor: String
        /// SHA-256 of the provisional sheet.
        public var provisionalSheet: Digest
        /// SHA-256 of the final sheet.
        public var finalSheet: Digest
        /// Minor units by the provisional sheet.
        public var provisional: Int128
        /// Minor units by the final sheet.
        public var final: Int128

        /// What changes: final less provisional.
        public var amount: Int128 { final - provisional }

        /// A difference.
        public init(
            settlement: String,
            agreement: String,
            debtor: String,
            creditor: String,
            provisionalSheet: Digest,
            finalSheet: Digest,
            provisional: Int128,
            final: Int128
        ) {
            self.settlement = settlement
            self.agreement = agreement
            self.debtor = debtor
            self.creditor = creditor
            self.provisionalSheet = provisionalSheet
            self.finalSheet = finalSheet
            self.provisional = provisional
            self.final = final
        }
    }

    /// If this participant fails tonight, the partner loses at most so much (S-30).
    public struct Exposure: Hashable, Sendable {
        /// Who might fail.
        public var participant: String
        /// Minor units, 0 or more.
        public var atMost: Int128

        /// An exposure.
        public init(participant: String, atMost: Int128) {
            self.participant = participant
            self.atMost = atMost
        }
    }

    /// The entries that touched an agreement in a window, whose trail the leaf has (spec/20 §3).
    public struct Trail: Hashable, Sendable {
        /// The terms hash of the agreement as text.
        public var agreement: String
        /// The number of the window.
        public var window: UInt64
        /// The indexes of the entries, in their order.
        public var entries: [UInt64]

        /// A trail.
        public init(agreement: String, window: UInt64, entries: [UInt64]) {
            self.agreement = agreement
            self.window = window
            self.entries = entries
        }
    }

    /// What binds a statement to the log: its leaf, the way to the root of all, and the entry that
    /// states the root (S-29).
    ///
    /// Entry and tlog-proof stand in files beside it (spec/25 §1).
    public struct Proof: Hashable, Sendable {
        /// The leaf, opened, in the text of the spec.
        public var leaf: String
        /// The position of the leaf, from 0.
        public var position: UInt64
        /// The number of leaves.
        public var count: UInt64
        /// The hashes from the leaf up.
        public var path: [Digest]
        /// The root over all leaves.
        public var root: Digest
        /// The entry that states the root.
        public var entry: UInt64

        /// A proof.
        public init(
            leaf: String,
            position: UInt64,
            count: UInt64,
            path: [Digest],
            root: Digest,
            entry: UInt64
        ) {
            self.leaf = leaf
            self.position = position
            self.count = count
            self.path = path
            self.root = root
            self.entry = entry
        }
    }
}
