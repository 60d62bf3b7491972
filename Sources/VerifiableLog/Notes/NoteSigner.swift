public import Signing

/// A key that signs notes by its name, with Ed25519 over the text (type 0x01).
public struct NoteSigner: Sendable {
    /// The public part.
    public let verifier: VerifierKey
    private let key: PrivateKey

    /// A signer of a name, for a log its origin, and an Ed25519 key.
    ///
    /// Throws `keyMalformed` or `keyUnsupported`.
    public init(name: String, key: PrivateKey) throws(LogError) {
        verifier = try VerifierKey(name: name, kind: .signature(key.publicKey))
        self.key = key
    }

    /// Parses `PRIVATE+KEY+name+hex8+base64(0x01 ‖ seed)`.
    ///
    /// Throws `keyMalformed`, or `keyUnsupported` for another type.
    public init(parsing secretText: String) throws(LogError) {
        let (key, name, keyID) = try KeyText.parseSecret(secretText, type: 0x01)
        try self.init(name: name, key: key)
        try KeyText.require(keyID, of: verifier)
    }

    /// The private key text.
    public var secretText: String { KeyText.secret(verifier, key.seed) }

    /// The signature line for a text.
    ///
    /// Complexity: O(n).
    public func signature(for text: [UInt8]) -> NoteSignature {
        NoteSignature(
            checkedName: verifier.name,
            keyID: verifier.keyID,
            signature: key.signature(for: text)
        )
    }

    /// A compact JWS by the same key, under its RFC 7638 thumbprint: how a log signs what is no
    /// note (spec/07 §7).
    ///
    /// One signature can never serve for the other: every note ends with a line feed, and what a
    /// JWS signs has none.
    ///
    /// Complexity: O(n).
    public func jws(signing payload: [UInt8], type: String) -> JWS {
        JWS(signing: payload, type: type, with: key)
    }
}
