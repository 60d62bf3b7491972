internal import Money
internal import Signing

/// Defaults: claims and what is recovered (spec/20 §10).
extension Book {
    mutating func openClaim(
        _ id: SettlementID,
        _ debtor: String,
        at position: Position
    ) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }

    mutating func recover(_ claim: UInt64, _ amount: Int64, at position: Position) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }

    /// The debtor and the claimants of a claim, by the entry that opened it; nil if there is none.
    func partners(ofClaim claim: UInt64) -> [String]? { nil }
}
