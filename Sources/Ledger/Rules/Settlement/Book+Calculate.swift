internal import Money
internal import Signing

/// From debts to legs (spec/20 §6).
extension Book {
    mutating func calculate(_ figures: SettlementCalculate, at position: Position) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }
}
