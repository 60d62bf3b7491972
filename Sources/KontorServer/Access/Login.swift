internal import Ledger

/// Who asks, and until when the token serves.
struct Login: Sendable {
    /// The partner, auditor or operator.
    let reader: Reader
    /// The end of the token, in seconds since 1970.
    let expiresAt: Int64
}
