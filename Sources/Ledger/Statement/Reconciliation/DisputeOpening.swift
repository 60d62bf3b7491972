public import Signing

/// A partner's claim that the other side of an agreement owes it for a break: `dispute.open`
/// (spec/29 §3, R-24).
public struct DisputeOpening: Sendable, Hashable {
    /// The terms hash of the agreement.
    public let agreement: Digest
    /// The closed window, of the agreement's calendar, in which the break was found.
    public let window: UInt64
    /// The id of the break in the journals of the two.
    public let breakID: Digest
    /// What the other side owes, in minor units of the agreement's settlement currency, from 1.
    public let amount: Int64
    /// Which break it is.
    public let reason: DisputeReason
    /// SHA-256 of what shows it.
    public let evidence: Digest

    init(members: inout Members) throws(Fault) {
        agreement = try members.required("agreement", Read.digest)
        window = UInt64(try members.required("window", Read.units(atLeast: 1)))
        breakID = try members.required("break", Read.digest)
        amount = try members.required("amount", Read.units(atLeast: 1))
        reason = try members.required("reason", Read.choice(DisputeReason.self))
        evidence = try members.required("evidence", Read.digest)
    }
}
