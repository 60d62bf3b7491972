internal import Settlement

/// A mistake that a partner of the demonstration makes in its books, and what a reconciliation has
/// to call it.
struct DemoFault: Sendable, Hashable {
    /// Which mistake.
    enum Kind: String, Sendable, CaseIterable {
        case bonusMissing, oldRate, missing, duplicate, sign, extra, cutOff, transposed, scale
        case unreadable
    }

    /// Which mistake.
    let kind: Kind
    /// The row of the ledger that it is about, as entry and item; nil if there is none.
    let row: String?

    /// The type and cause of the break.
    var expected: (type: BreakType, cause: BreakCause) {
        switch kind {
        case .bonusMissing: (.amount, .bonusMissing)
        case .oldRate: (.rate, .oldRate)
        case .missing: (.missingAtPartner, .unknown)
        case .duplicate: (.duplicate, .duplicatePosting)
        case .sign: (.amount, .sign)
        case .extra: (.missingInLedger, .unknown)
        case .cutOff: (.lateAfterCut, .cutOff)
        case .transposed: (.amount, .transposedDigits)
        case .scale: (.amount, .scale)
        case .unreadable: (.unparsable, .unreadable)
        }
    }
}
