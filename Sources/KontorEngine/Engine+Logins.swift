public import Ledger
public import Signing
internal import Synchronization

/// What keys give, kept until an entry may have changed it.
struct Logins: Sendable {
    /// As of how many entries the kept answers are.
    var accessSize: UInt64 = 0
    /// An answer is kept for keys that give nothing too.
    var known = GenerationCache<Digest, Access?>(limit: 16_384)
}

extension Engine {
    /// What a registered key of use `access` gives, or nil if it gives nothing (spec/08 §7).
    ///
    /// It waits for the writer only for a key that was not asked for since the last entry that may
    /// have changed an answer.
    public func access(of thumbprint: Digest) -> Access? {
        guard let size = published.withLock({ $0?.accessSize }) else { return nil }
        let known = logins.withLock { logins -> Access?? in
            if logins.accessSize != size { logins = Logins(accessSize: size) }
            return logins.known.value(of: thumbprint)
        }
        if let known { return known }
        let access = read { $0.access(of: thumbprint) }
        logins.withLock { logins in
            if logins.accessSize == size { logins.known.note(access, of: thumbprint) }
        }
        return access
    }

    /// Who logs in with a key at a moment, or nil if nobody may.
    ///
    /// It waits as `access(of:)` does.
    public func reader(of thumbprint: Digest, at moment: Timestamp) -> Reader? {
        access(of: thumbprint)?.reader(at: moment)
    }
}
