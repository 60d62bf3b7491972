public import Signing

/// A witness's key that cosigns checkpoints with a time (type 0x04).
///
/// The signed message does not name the cosigner, so each cosigner has a key of its own (spec/06
/// §5).
public struct Cosigner: Sendable {
    /// The public part.
    public let verifier: VerifierKey
    private let key: PrivateKey

    /// A cosigner of a name and an Ed25519 key.
    ///
    /// Throws `keyMalformed` or `keyUnsupported`.
    public init(name: String, key: PrivateKey) throws(LogError) {
        verifier = try VerifierKey(name: name, kind: .cosignature(key.publicKey))
        self.key = key
    }

    /// Parses `PRIVATE+KEY+name+hex8+base64(0x04 ‖ seed)`.
    ///
    /// Throws `keyMalformed`, or `keyUnsupported` for another type.
    public init(parsing secretText: String) throws(LogError) {
        let (key, name, keyID) = try KeyText.parseSecret(secretText, type: 0x04)
        try self.init(name: name, key: key)
        try KeyText.require(keyID, of: verifier)
    }

    /// The private key text.
    public var secretText: String { KeyText.secret(verifier, key.seed) }

    /// The cosignature line for the text of a checkpoint at a time, in POSIX seconds.
    ///
    /// Throws `cosignatureMalformed` for a time above 2^63 − 1, `checkpointMalformed` for another
    /// text.
    public func cosignature(
        for text: [UInt8],
        seconds: UInt64
    ) throws(LogError) -> NoteSignature {
        _ = try Checkpoint(parsing: text)
        let message = Cosignature.message(for: text, seconds: seconds)
        let cosignature = try Cosignature(
            seconds: seconds,
            signature: key.signature(for: message)
        )
        return NoteSignature(
            checkedName: verifier.name,
            keyID: verifier.keyID,
            signature: cosignature.bytes
        )
    }
}
