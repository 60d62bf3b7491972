public import Signing

/// What a key may sign.
public enum KeyUse: String, Sendable, Hashable, Codable, CaseIterable {
    /// Entries.
    case entries
    /// Reads over HTTP; it signs no entry.
    case access
    /// Revocation and replacement of keys, and nothing else; it works while the partner is
    /// suspended.
    case recovery
}

/// A registered key and the positions between which it holds.
///
/// It is never overwritten or removed.
public struct KeyRecord: Sendable, Hashable, Codable {
    /// The key.
    public let key: PublicKey
    /// Whose key it is.
    public let owner: String
    /// What it may sign.
    public let use: KeyUse
    /// The position that added it.
    public let addedAt: UInt64
    /// The moment from which it holds, for keys of a rekeying.
    public let holdsFrom: Timestamp?
    /// The position that revoked it.
    public var revokedAt: UInt64?
    /// The moment at which a rekeying ends it.
    public var holdsUntil: Timestamp?
}
