public import Signing

/// A mapping as it is saved: a compact JWS by a key of the partner, `typ` `kontor-mapping+jws`
/// (spec/26 §1).
public struct SignedMapping: Sendable {
    /// The `typ` of the JWS.
    public static let type = "kontor-mapping+jws"

    /// The mapping.
    public let mapping: BookMapping
    /// The SHA-256 of the payload, which evidence names.
    public let digest: Digest
    /// The key that signed.
    public let keyID: Digest

    /// Signs a mapping.
    ///
    /// Complexity: O(n).
    public static func make(_ mapping: BookMapping, with key: PrivateKey) -> [UInt8] {
        JWS(signing: mapping.json, type: type, with: key).compact
    }

    /// Reads a saved mapping and verifies it by one of the partner's registered keys.
    ///
    /// White space around the text is passed over. Throws `signature` for a text that is no JWS of
    /// this type or signed by none of the keys, `memberValue` where ledger or partner are others,
    /// and what the reading of a mapping throws.
    public init(
        parsing text: [UInt8],
        ledger: Digest,
        partner: Slug,
        keys: [PublicKey]
    ) throws(FormatError) {
        let jws: JWS
        do throws(JWSError) {
            jws = try JWS(parsing: Self.trimmed(text), type: Self.type)
            guard let key = keys.first(where: { $0.thumbprint == jws.keyID }) else {
                throw JWSError(.keyIDMismatch, member: "kid")
            }
            try jws.verify(with: key)
        } catch {
            throw FormatError(
                .signature,
                in: "mapping",
                "\(error)",
                wayOut: "have \(partner) sign the mapping with a registered key"
            )
        }
        mapping = try BookMapping(parsing: jws.payload)
        guard mapping.ledger == ledger else {
            throw MappingObject.fault(.memberValue, "ledger is another one than \(ledger)")
        }
        guard mapping.partner == partner else {
            throw MappingObject.fault(
                .memberValue,
                "partner is \(mapping.partner), the file is said to be of \(partner)"
            )
        }
        digest = DigestBuilder.digest(jws.payload)
        keyID = jws.keyID
    }

    private static func trimmed(_ text: [UInt8]) -> [UInt8] {
        var text = text[...]
        while let first = text.first, first <= 0x20 { text.removeFirst() }
        while let last = text.last, last <= 0x20 { text.removeLast() }
        return Array(text)
    }
}
