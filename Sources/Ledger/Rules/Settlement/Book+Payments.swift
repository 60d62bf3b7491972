internal import Money
internal import Signing

/// Money that moves for a settlement (spec/20 §7, §8).
extension Book {
    mutating func collect(
        _ id: SettlementID,
        until deadline: Timestamp,
        at position: Position
    ) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }

    mutating func pay(_ payment: SettlementPayment, at position: Position) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }

    mutating func commitSettlement(_ id: SettlementID, at position: Position) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }

    mutating func acknowledge(
        _ id: SettlementID,
        _ amount: Int64,
        signer: String,
        at position: Position
    ) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }

    /// The partners that pay a payee in a settlement.
    func payers(toward payee: String, in id: SettlementID) -> [String] { [] }
}
