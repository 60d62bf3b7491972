public import Money
public import Signing

/// The close of a window (spec/20 §4).
public struct SettlementClose: Sendable, Hashable {
    /// Why a window is closed away from its cut-off (S-01).
    public enum Reason: String, Sendable, Codable, CaseIterable {
        case late, early, outage, test
    }

    /// The calendar.
    public let calendar: String
    /// The first entry of the window.
    public let start: UInt64
    /// The cut-off that it is closed for.
    public let cutoff: Timestamp
    /// The seed of the salts of its leaves.
    public let seed: Digest
    /// Why it is closed away from the cut-off.
    public let reason: Reason?

    init(members: inout Members) throws(Fault) {
        calendar = try members.required("calendar", Read.slug)
        start = UInt64(try members.required("start", Read.units()))
        cutoff = try members.required("cutoff", Read.time)
        seed = try members.required("seed", Read.digest)
        reason = try members.optional("reason", Read.choice(Reason.self))
    }

    /// Whether a moment is so far from the cut-off that a reason and another operator are due.
    func isOffCalendar(at time: Timestamp) -> Bool {
        let distance = time.milliseconds - cutoff.milliseconds
        return distance.magnitude > UInt64(Limits.cutoffToleranceMilliseconds)
    }
}

/// The money sheets of a window, at its fix or its finalisation (spec/20 §5).
public struct SettlementFix: Sendable, Hashable {
    /// The calendar.
    public let calendar: String
    /// The number of the window, from 1.
    public let window: UInt64
    /// The sheets, each of another source.
    public let sheets: [QuoteSheet]
    /// The hash of the rates that are fixed, at a fix under a policy that fixes rates.
    public let fixing: Digest?

    init(members: inout Members, takesFixing: Bool) throws(Fault) {
        calendar = try members.required("calendar", Read.slug)
        window = UInt64(try members.required("window", Read.units(atLeast: 1)))
        sheets = try members.required(
            "sheets",
            Members.list(0...Limits.sheets, QuoteSheet.init(reading:))
        )
        fixing = takesFixing ? try members.optional("fixing", Read.digest) : nil
        try Read.distinctUnder("sheets", sheets, by: \.source)
    }
}

/// The figures of a calculated settlement (spec/20 §7.2).
public struct SettlementCalculate: Sendable, Hashable {
    /// The settlement.
    public let settlement: SettlementID
    /// 0, or 1 for a recalculation after an objection.
    public let revision: Int64
    /// How many leaves it has.
    public let participants: Int64
    /// How many debts it takes.
    public let debts: Int64
    /// The sum of the magnitudes of all obligations, in minor units.
    public let gross: Int64
    /// The sum of what participants receive, in minor units.
    public let paid: Int64
    /// What the operator keeps for others, or pays for them when negative, in minor units.
    public let float: Int64
    /// The root of the tree of leaves.
    public let root: Digest
    /// The end of the window.
    public let size: UInt64
    /// The root of the log's tree at that size.
    public let head: Digest

    init(members: inout Members) throws(Fault) {
        settlement = try members.required("settlement", Read.settlement)
        revision = try members.required("revision", Read.integer(0...1))
        participants = try members.required("participants", Read.units())
        debts = try members.required("debts", Read.units())
        gross = try members.required("gross", Read.units())
        paid = try members.required("paid", Read.units())
        float = try members.required(
            "float",
            Read.integer(-JSONReader.numberLimit...JSONReader.numberLimit)
        )
        root = try members.required("root", Read.digest)
        size = UInt64(try members.required("size", Read.units()))
        head = try members.required("head", Read.digest)
    }
}

/// A partner's objection to the debts of an agreement (spec/20 §7.2, S-08).
public struct SettlementObjection: Sendable, Hashable {
    /// What is wrong.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        case amount, missing, duplicate, rate, other
    }

    /// The settlement.
    public let settlement: SettlementID
    /// The terms hash of the agreement.
    public let agreement: Digest
    /// How much is disputed, in minor units of the settlement currency.
    public let amount: Int64
    /// What is wrong.
    public let reason: Reason

    init(members: inout Members) throws(Fault) {
        settlement = try members.required("settlement", Read.settlement)
        agreement = try members.required("agreement", Read.digest)
        amount = try members.required("amount", Read.units(atLeast: 1))
        reason = try members.required("reason", Read.choice(Reason.self))
    }
}

/// Money that moved for a leg (spec/20 §7.2, S-32).
public struct SettlementPayment: Sendable, Hashable {
    /// The settlement account, by its name as a party of payments.
    public static let settlementAccount = "operator/settlement"
    /// The operator's float, by its name as a party of payments.
    public static let float = "operator/float"

    /// The settlement.
    public let settlement: SettlementID
    /// Who paid: a participant, the settlement account or the float.
    public let payer: String
    /// Who was paid, likewise.
    public let payee: String
    /// The currency.
    public let currency: Currency
    /// Minor units.
    public let amount: Int64
    /// The hash of the bank's message or of another document.
    public let evidence: Digest
    /// The commitment of the payee's account, if the payee is a partner.
    public let account: Digest?

    init(members: inout Members) throws(Fault) {
        settlement = try members.required("settlement", Read.settlement)
        payer = try members.required("payer", Self.party)
        payee = try members.required("payee", Self.party)
        currency = try members.required("currency", Read.currency)
        amount = try members.required("amount", Read.units(atLeast: 1))
        evidence = try members.required("evidence", Read.digest)
        account = try members.optional("account", Read.digest)
        let isPartner = !Self.isOfOperator(payee)
        guard isPartner == (account != nil) else {
            throw Fault(
                isPartner ? .missingMember : .unknownMember,
                at: "account",
                "an account stands exactly when a partner is paid"
            )
        }
    }

    /// Whether a party of payments is the operator, under whichever of its names.
    public static func isOfOperator(_ party: String) -> Bool {
        [Registry.operatorName, settlementAccount, float].contains { $0.hasSameBytes(as: party) }
    }

    private static func party(_ value: JSONValue) throws(Fault) -> String {
        let text = try Read.string(value)
        guard Slug.isValid(text.utf8) || isOfOperator(text) else {
            throw Fault(
                .invalidValue,
                "a participant, \(settlementAccount) or \(float) is due here"
            )
        }
        return text
    }
}

/// Why a settlement is given up (spec/20 §7.2).
public enum AbortReason: String, Sendable, Codable, CaseIterable {
    case error
    case default_ = "default"
    case dispute, regulator
}
