internal import Money
internal import Signing

/// Values of programs, and the rates that follow from them (spec/24).
struct Fixings: Sendable, Codable {
}

extension Book {
    func noteFixings(_ digest: inout StateDigest) {}
}
