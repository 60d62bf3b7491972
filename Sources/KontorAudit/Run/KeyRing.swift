internal import Ledger
internal import Signing
internal import Synchronization

/// Keys by thumbprint, as far as the entries showed them, so that workers can verify ahead of the
/// book.
///
/// A key is found by its hash and verifies only what names that hash, so nothing here can make a
/// wrong signature right. Whether a key holds at a position is for the book to say.
final class KeyRing: Sendable {
    private let keys = Mutex<[Digest: PublicKey]>([:])

    /// The keys so far.
    var snapshot: [Digest: PublicKey] { keys.withLock { $0 } }

    /// Adds the keys that a statement brings into the ledger.
    func add(_ statement: Statement) {
        guard statement.kind != .transfers else { return }
        let offered: [OfferedKey]
        switch statement.body {
        case .operatorAdd(_, let keys), .auditorAdmit(_, let keys), .partnerRekey(_, let keys):
            offered = keys
        case .keyAdd(let key): offered = [key]
        default: offered = statement.offeredKeys
        }
        for key in offered { add(key.key) }
    }

    /// Adds a key.
    func add(_ key: PublicKey) {
        let thumbprint = key.thumbprint
        keys.withLock { $0[thumbprint] = key }
    }
}
