internal import Money
internal import Signing

/// The life of a settlement until it is collected (spec/20 §7).
extension Book {
    mutating func advise(_ id: SettlementID, at position: Position) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }

    mutating func confirm(
        _ id: SettlementID,
        _ leaf: Digest,
        signer: String,
        at position: Position
    ) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }

    mutating func object(
        _ objection: SettlementObjection,
        signer: String,
        at position: Position
    ) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }

    mutating func withdraw(
        _ id: SettlementID,
        _ agreement: Digest,
        signer: String,
        at position: Position
    ) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }

    mutating func abort(
        _ id: SettlementID,
        _ reason: AbortReason,
        at position: Position
    ) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }

    /// Moves debts that were set aside for a suspension to the open windows of their calendars.
    mutating func joinSuspendedDebts(of partner: String) {}

    /// Whether all settlements of a window have ended for good, so that it need not be kept.
    func hasEnded(_ window: Window) -> Bool {
        window.debts.allSatisfy { $0.status == .released }
    }

    /// Forgets the settlements of a window that is kept no longer.
    mutating func dropSettlements(of window: Window) {}
}
