internal import Money
internal import Signing

/// Sheets of a window, provisional and final (spec/20 §5).
extension Book {
    mutating func fixWindow(_ fix: SettlementFix, at position: Position) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }

    mutating func finaliseWindow(_ fix: SettlementFix, at position: Position) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }
}
