internal import Ledger
internal import Signing

/// Who asks, and until when the token serves.
struct Login: Sendable {
    /// The partner, auditor or operator.
    let reader: Reader
    /// The thumbprint of the key that signed the token.
    let keyID: Digest
    /// The end of the token, in seconds since 1970.
    let expiresAt: Int64
}
