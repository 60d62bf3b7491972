public import Signing

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
