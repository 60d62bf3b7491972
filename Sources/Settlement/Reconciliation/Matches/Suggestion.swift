/// Open rows that may belong together; a person decides (R-10, P5 and P6).
public struct Suggestion: Hashable, Sendable {
    /// Why it is only a suggestion; the raw value is a stable code.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// The references are equal but for case, marks and leading zeros.
        case sameText
        /// The references differ in one or two letters, and units and program agree.
        case similarText
        /// The rows would fit, but both sides name a transfer, and not the same one.
        case otherTransfer
        /// Several sums fit.
        case severalSums
        /// The batch agrees, its sum does not.
        case batchDiffers
    }

    /// The pass that found it.
    public let pass: MatchPass
    /// Why it is no match.
    public let reason: Reason
    /// Rows of the ledger, rising.
    public let ledgerRows: [Int]
    /// Rows of the partner, rising.
    public let partnerRows: [Int]
    /// Letters to change until the references are equal; 0 where no letters were compared.
    public let distance: Int
}
