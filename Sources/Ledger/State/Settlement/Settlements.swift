internal import Money
internal import Signing

/// Settlements with their legs and carries, and claims (spec/20 §6 to §10).
struct Settlements: Sendable, Codable {
}

extension Book {
    func noteSettlements(_ digest: inout StateDigest) {}
}
