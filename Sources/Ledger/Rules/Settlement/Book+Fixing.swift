internal import Money
internal import Signing

/// The fixing of rates between programs (spec/24).
extension Book {
    /// Fixes the rates of the night: guards, then takes effect.
    ///
    /// The window is closed; its sheets are those of the entry.
    mutating func applyFixing(
        _ fix: SettlementFix,
        of window: Window,
        at position: Position
    ) throws(Fault) {
        guard fix.fixing == nil else {
            throw Fault(.unknownMember, at: "fixing", "the policy fixes no rates")
        }
    }

    mutating func acceptFixing(
        _ agreement: Digest,
        _ fixing: Digest,
        signer: String,
        at position: Position
    ) throws(Fault) {
        throw Fault(.wrongState, at: "kind", "the rules of this kind are missing here")
    }
}
