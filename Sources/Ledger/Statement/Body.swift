public import Money
public import Signing

/// The members that belong to one kind of entry.
public enum Body: Sendable {
    case genesis(Genesis)
    case rulesActivate(rules: Int64, from: UInt64)
    case operatorAdd(subject: String, keys: [OfferedKey])
    case auditorAdmit(subject: String, keys: [OfferedKey])
    case operatorRemove(subject: String)
    case auditorRemove(subject: String)
    case operatorApprove(entry: UInt64)
    case logKeyAdd(vkey: String)
    case logKeyRevoke(vkey: String)
    case calendarPublish(CalendarPublication)
    case networkPolicy(NetworkPolicy)
    case partnerInvite(subject: String, thumbprint: Digest)
    case partnerApply(region: String, keys: [OfferedKey])
    case partnerAdmit(subject: String)
    case partnerSuspend(subject: String, reason: SuspensionReason)
    case partnerReinstate(subject: String)
    case partnerClose(subject: String)
    case partnerRekey(subject: String, keys: [OfferedKey])
    case partnerAccount(currency: Currency, commitment: Digest)
    case keyAdd(OfferedKey)
    case keyRevoke(thumbprint: Digest)
    case programDefine(program: String, scale: Int64)
    case programAmend(program: String, status: ProgramStatus)
    case ratesPublish(PublishedRate)
    case agreementPropose(acceptBy: Timestamp, supersedes: Digest?, terms: Terms)
    case agreementAccept(agreement: Digest)
    case agreementTerminate(agreement: Digest, from: Timestamp)
    case memberOpen(with: String, members: [UInt128])
    case memberOpenAcceptance(accepts: Digest)
    case memberClose(with: String, members: [UInt128])
    case transfers(Transfers)
    case transfersCommit(entry: UInt64, items: [CommitItem])
    case transfersVoid(entry: UInt64, items: [Int])
    case transfersReverse(entry: UInt64, items: [ReverseItem])
    case limitSet(subject: String, currency: Currency, netDebitCap: Int64?, coverPercent: Int64?)
    case coverPost(CoverMove)
    case coverDraw(CoverMove)
    case coverRelease(CoverMove)
    case adjustmentPost(Adjustment)
    case settlementClose(SettlementClose)
    case settlementFix(SettlementFix)
    case settlementFinalise(SettlementFix)
    case settlementCalculate(SettlementCalculate)
    case settlementAdvise(SettlementID)
    case settlementConfirm(SettlementID, leaf: Digest)
    case settlementObject(SettlementObjection)
    case settlementWithdraw(SettlementID, agreement: Digest)
    case settlementCollect(SettlementID, deadline: Timestamp)
    case settlementPaid(SettlementPayment)
    case settlementCommit(SettlementID)
    case settlementAcknowledge(SettlementID, amount: Int64)
    case settlementAbort(SettlementID, reason: AbortReason)
    case claimOpen(SettlementID, debtor: String)
    case claimRecover(claim: UInt64, amount: Int64, evidence: Digest)
    case fixingAccept(agreement: Digest, fixing: Digest)
    case reconciliationCertify(Certification)
    case disputeOpen(DisputeOpening)
    case disputeReject(UInt64, evidence: Digest)
    case disputeRestate(UInt64, amount: Int64, evidence: Digest)
    case disputeAccept(UInt64)
    case disputeWithdraw(UInt64)

    /// The past entry whose items this one acts upon, which the caller of the ledger must have at
    /// hand.
    public var reference: UInt64? {
        switch self {
        case .transfersCommit(let entry, _), .transfersReverse(let entry, _): entry
        default: nil
        }
    }

    /// The earlier entry whose transfers this one commits, voids or reverses, or nil.
    public var transfersEntry: UInt64? {
        switch self {
        case .transfersCommit(let entry, _), .transfersVoid(let entry, _),
            .transfersReverse(let entry, _):
            entry
        default: nil
        }
    }

    /// Keys that this entry brings along, so that an entry signed by one of them can be verified.
    var offeredKeys: [OfferedKey] {
        switch self {
        case .genesis(let genesis): genesis.operators.flatMap(\.keys)
        case .partnerApply(_, let keys): keys
        default: []
        }
    }
}

/// Why a partner is suspended.
public enum SuspensionReason: String, Sendable, Codable, CaseIterable {
    case default_ = "default"
    case compliance, security, request
}

/// Whether a program takes part.
public enum ProgramStatus: String, Sendable, Codable, CaseIterable { case open, closed }

/// A key with its use and a proof that its bearer holds it (spec/03 §6).
public struct OfferedKey: Sendable {
    /// What the key may sign.
    public let use: KeyUse
    /// The key.
    public let key: PublicKey
    let proof: [UInt8]

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        use = try members.required("use", Read.choice(KeyUse.self))
        key = try members.required("key") { (value) throws(Fault) in
            do throws(KeyError) { return try PublicKey(jwk: value) } catch {
                throw Fault(
                    .invalidValue,
                    detail: error.code.rawValue,
                    at: error.member,
                    "not a key that a ledger registers"
                )
            }
        }
        proof = Array(try members.required("proof", Read.string).utf8)
        try members.finish()
    }
}

/// An operator in the genesis entry.
public struct FoundingOperator: Sendable {
    /// Its slug.
    public let name: String
    /// Its keys, at least one of use `entries`.
    public let keys: [OfferedKey]
}

/// The founding of a ledger (spec/08 §1).
public struct Genesis: Sendable {
    /// 128 random bits, so that two ledgers of one name differ.
    public let nonce: UInt128
    /// The verifier key of the log, in the C2SP text form.
    public let logKey: String
    /// The operators.
    public let operators: [FoundingOperator]
    /// How many operators an act of four eyes needs: 1 or 2.
    public let operatorThreshold: Int64
    /// The rule set that holds from the start.
    public let rules: Int64
    /// How old an id of `transfers*` may be, in seconds.
    public let transferWindowSeconds: Int64
    /// How old any other id may be, in seconds.
    public let otherWindowSeconds: Int64
    /// Currencies in which is settled.
    public let currencies: [Currency]
    /// Whether entry bundles are public.
    public let publicEntries: Bool

    init(members: inout Members) throws(Fault) {
        nonce = try members.required("nonce", Read.identifier)
        logKey = try members.required("logKey", Read.string)
        operators = try members.required("operators", Members.list(1...16, Self.readOperator))
        operatorThreshold = try members.required("operatorThreshold", Read.integer(1...2))
        rules = try members.required("rules", Read.integer(1...1_000_000))
        transferWindowSeconds = try members.required(
            "transferWindowSeconds",
            Read.integer(60...2_592_000)
        )
        otherWindowSeconds = try members.required(
            "otherWindowSeconds",
            Read.integer(60...7_776_000)
        )
        currencies = try members.required(
            "settlementCurrencies",
            Members.list(1...32, Read.currency)
        )
        publicEntries = try members.required("publicEntries", Read.boolean)
        try Read.distinctUnder("operators", operators, by: \.name)
        try Read.distinctUnder("settlementCurrencies", currencies, by: \.self)
        guard operators.count >= operatorThreshold else {
            throw Fault(
                .invalidValue,
                at: "operatorThreshold",
                "more operators are needed than there are"
            )
        }
    }

    private static func readOperator(_ value: JSONValue) throws(Fault) -> FoundingOperator {
        var members = try Members(value)
        let name = try members.required("operator", Read.slug)
        let keys = try members.required("keys", Members.list(1...8, OfferedKey.init(reading:)))
        try members.finish()
        try Read.distinctUnder("keys", keys, by: \.key)
        return FoundingOperator(name: name, keys: keys)
    }
}

/// Cut-offs and business days of a calendar (requirement S-02).
public struct CalendarPublication: Sendable, Hashable {
    let calendar: String
    let cutoffs: [Timestamp]
    let businessDays: [CivilDate]

    init(members: inout Members) throws(Fault) {
        calendar = try members.required("calendar", Read.slug)
        cutoffs = try members.required("cutoffs", Members.list(1...1_000, Read.time))
        businessDays = try members.required("businessDays", Members.list(1...1_000, Read.date))
        for index in cutoffs.indices.dropFirst() where cutoffs[index] <= cutoffs[index - 1] {
            throw Fault(.invalidValue, at: "cutoffs[\(index)]", "cut-offs rise")
        }
        for index in businessDays.indices.dropFirst()
        where businessDays[index] <= businessDays[index - 1] {
            throw Fault(.invalidValue, at: "businessDays[\(index)]", "business days rise")
        }
    }
}

/// What the operator asks for its service, and the defaults of settlement.
public struct NetworkPolicy: Sendable, Hashable, Codable {
    /// The fee that a debtor owes the operator for each posted item.
    public struct FeeRule: Sendable, Hashable, Codable {
        let currency: Currency
        let perItem: Rate
    }

    /// How a multilateral settlement is paid (spec/20 §8).
    public enum PaymentPlan: String, Sendable, Codable, CaseIterable {
        /// Debtors pay the settlement account, and creditors are paid from it.
        case account
        /// Debtors pay creditors.
        case direct
    }

    /// In what values of programs are stated, and whose quotes bring them there (spec/24 §1).
    public struct FixingRule: Sendable, Hashable, Codable {
        /// The currency of the values.
        public let numeraire: Currency
        /// The source of the money quotes.
        public let source: String
        /// Over how many values a mean runs.
        public let days: Int64
    }

    /// What the denominator of a fee divides, so that debts to the operator stay exact.
    static let feeDenominator: Int64 = 10_000

    let fee: FeeRule?
    let minimumPayment: Int64
    let carryMaxDays: Int64
    let plan: PaymentPlan?
    let fixing: FixingRule?

    init(members: inout Members) throws(Fault) {
        fee = try members.optional(
            "fee",
            Members.object { (members) throws(Fault) in
                FeeRule(
                    currency: try members.required("currency", Read.currency),
                    perItem: try members.required("perItem", Read.rate)
                )
            }
        )
        if let fee, Self.feeDenominator % fee.perItem.denominator != 0 {
            throw Fault(.invalidValue, at: "fee.perItem.denominator", "it divides 10000")
        }
        minimumPayment = try members.required("minimumPayment", Read.units())
        carryMaxDays = try members.required("carryMaxDays", Read.integer(0...400))
        plan = try members.optional("plan", Read.choice(PaymentPlan.self))
        fixing = try members.optional(
            "fixing",
            Members.object { (members) throws(Fault) in
                FixingRule(
                    numeraire: try members.required("numeraire", Read.currency),
                    source: try members.required("source", Read.slug),
                    days: try members.required("days", Read.integer(1...31))
                )
            }
        )
    }
}

/// What a program's point is worth, from and to a moment (requirement S-44).
public struct PublishedRate: Sendable, Hashable, Codable {
    /// The program id.
    public let program: String
    /// The currency of the value.
    public let currency: Currency
    /// What the issuer gives for a unit, in minor units.
    public let bid: Rate
    /// What the issuer takes for a unit, in minor units.
    public let ask: Rate
    /// The first moment at which it holds.
    public let validFrom: Timestamp
    /// The first moment at which it holds no longer.
    public let validTo: Timestamp

    init(members: inout Members) throws(Fault) {
        program = try members.required("program", Read.programID)
        currency = try members.required("currency", Read.currency)
        bid = try members.required("bid", Read.rate)
        ask = try members.required("ask", Read.rate)
        validFrom = try members.required("validFrom", Read.time)
        validTo = try members.required("validTo", Read.time)
        guard bid <= ask else { throw Fault(.invalidValue, at: "bid", "the bid is above the ask") }
        guard validFrom < validTo else {
            throw Fault(.invalidValue, at: "validTo", "the end is not after validFrom")
        }
    }
}

/// A change of a partner's cover.
public struct CoverMove: Sendable, Hashable {
    let subject: String
    let currency: Currency
    let amount: Int64

    init(members: inout Members) throws(Fault) {
        subject = try members.required("subject", Read.slug)
        currency = try members.required("currency", Read.currency)
        amount = try members.required("amount", Read.units(atLeast: 1))
    }
}

/// A debt that its debtor acknowledges beside transfers.
public struct Adjustment: Sendable, Hashable {
    /// Why it is owed.
    enum Reason: String, Sendable, Codable, CaseIterable {
        case correction, feeRefund, goodwill, dispute, retroactiveTerms
    }

    let creditor: String
    /// The currency of the amount.
    public let currency: Currency
    /// Minor units, 1 or more.
    public let amount: Int64
    let reason: Reason
    /// The terms hash of the agreement that it belongs to, or nil under rule set 1.
    public let agreement: Digest?
    /// The entry that opened the dispute which it settles, wholly or in part, or nil (spec/29 §4).
    public let dispute: UInt64?
    /// The id of the break that it mends, or nil; a dispute names its break itself.
    public let breakID: Digest?

    init(members: inout Members) throws(Fault) {
        creditor = try members.required("creditor", Read.slug)
        currency = try members.required("currency", Read.currency)
        amount = try members.required("amount", Read.units(atLeast: 1))
        reason = try members.required("reason", Read.choice(Reason.self))
        agreement = try members.optional("agreement", Read.digest)
        dispute = try members.optional("dispute", Read.units()).map { UInt64($0) }
        breakID = try members.optional("break", Read.digest)
        guard dispute == nil || breakID == nil else {
            throw Fault(.invalidValue, at: "break", "the dispute names its break")
        }
    }
}

/// One item of a commit: the item of the hold, and its restated result.
public struct CommitItem: Sendable, Hashable {
    /// The number of the item in the `transfers` entry.
    public let item: Int
    /// Base units credited.
    public let credit: Int64
    /// Units of bonuses.
    public let bonus: Int64

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        item = Int(try members.required("item", Read.integer(0...199)))
        credit = try members.required("credit", Read.units())
        bonus = try members.optional("bonus", Read.units()) ?? 0
        try members.finish()
    }
}

/// One item of a reversal: what remains of its amount, and what is given back.
public struct ReverseItem: Sendable, Hashable {
    /// The number of the item in the `transfers` entry.
    public let item: Int
    /// What remains of the amount.
    public let remaining: Int64
    /// Units that the source gets back.
    public let debit: Int64
    /// Base units that the target gives back.
    public let credit: Int64
    /// Units of bonuses that the target gives back.
    public let bonus: Int64

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        item = Int(try members.required("item", Read.integer(0...199)))
        remaining = try members.required("remaining", Read.units())
        debit = try members.required("debit", Read.units())
        credit = try members.required("credit", Read.units())
        bonus = try members.optional("bonus", Read.units()) ?? 0
        try members.finish()
    }
}
