public import Signing

/// What a registered key of use `access` gives, and when (spec/08 §7).
///
/// Only an entry changes it, so it may be kept until the next one that is about keys or officials
/// or partners.
public struct Access: Hashable, Sendable {
    /// The key, which verifies a login.
    public let key: PublicKey
    let reader: Reader
    let holdsFrom: Timestamp?
    let holdsUntil: Timestamp?

    /// Whose key it is, whenever it holds: who is served on after a login.
    public var owner: Reader { reader }

    /// Who logs in with the key at a moment, or nil outside of the time in which it holds.
    public func reader(at moment: Timestamp) -> Reader? {
        if let holdsFrom, moment < holdsFrom { return nil }
        if let holdsUntil, moment >= holdsUntil { return nil }
        return reader
    }
}
