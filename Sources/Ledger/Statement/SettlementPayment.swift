public import Money
public import Signing

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
