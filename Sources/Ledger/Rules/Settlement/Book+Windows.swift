internal import Money
internal import Signing

/// Windows: closed once each, in order (spec/20 §4).
extension Book {
    mutating func closeWindow(_ close: SettlementClose, at position: Position) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }
}
