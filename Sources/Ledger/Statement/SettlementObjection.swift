public import Signing

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
