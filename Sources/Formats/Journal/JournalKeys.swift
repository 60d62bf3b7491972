public import Signing

/// The keys that may sign a break journal: those that the ledger ever had for entries of its two
/// partners (spec/28 §4.2).
public struct JournalKeys: Sendable {
    private struct Owner: Sendable {
        let partner: Slug
        let key: PublicKey
    }

    private var owners: [Digest: Owner] = [:]

    /// No key.
    public init() {}

    /// Adds a key of a partner.
    public mutating func add(_ key: PublicKey, of partner: Slug) {
        owners[key.thumbprint] = Owner(partner: partner, key: key)
    }

    /// Whether there is none.
    public var isEmpty: Bool { owners.isEmpty }

    /// The partner that a key belongs to, or nil if it is not known.
    public func partner(of thumbprint: Digest) -> Slug? {
        owners[thumbprint]?.partner
    }

    /// Requires that a line is signed by a key of a partner.
    func verify(_ jws: JWS, _ text: [UInt8], by partner: Slug, line: Int) throws(FormatError) {
        guard let owner = owners[jws.keyID], owner.partner == partner else {
            throw JournalFault.make(
                .journalKey,
                line,
                "the key \(jws.keyID) is not one of \(partner)",
                "register the key in the ledger, or sign with another one"
            )
        }
        do {
            try jws.verify(with: owner.key, compact: text)
        } catch {
            throw JournalFault.make(
                .journalKey,
                line,
                "the signature is not valid: \(error.code.rawValue)",
                "the line was changed after it was signed: take the file of the other partner"
            )
        }
    }
}
