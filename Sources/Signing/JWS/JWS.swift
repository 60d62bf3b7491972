/// A compact JWS (RFC 7515 §7.1) with a header of exactly `alg`, `kid` and `typ`:
/// `header.payload.signature`.
///
/// Each part is canonical base64url, so the decoded parts and the text determine each other, and
/// stores may keep either. What the header says is not believed: the key decides which algorithm is
/// used (spec/03 §4, §5).
public struct JWS: Hashable, Sendable {
    /// The `typ` of an entry.
    public static let entryType = "kontor+jws"
    /// The `typ` of a proof that someone possesses a key.
    public static let possessionType = "kontor-pop+jws"

    /// The decoded header, as it was written.
    public let header: [UInt8]
    /// The decoded payload.
    public let payload: [UInt8]
    /// The signature, 64 bytes.
    public let signature: [UInt8]
    /// `alg` as it was written: `Ed25519`, `EdDSA` or `ES256`.
    public let algorithmName: String
    /// The algorithm that `alg` names.
    let algorithm: KeyAlgorithm
    /// `kid`: the thumbprint of the key that is said to have signed.
    public let keyID: Digest
    /// `typ`: what kind of document this is.
    public let type: String

    /// Parses a compact JWS, and requires a `typ` if one is given.
    ///
    /// Complexity: O(n).
    public init(parsing text: [UInt8], type: String? = nil) throws(JWSError) {
        guard text.count <= SigningLimits.jwsByteCount else { throw JWSError(.tooLong) }
        let (first, second) = try Self.dots(in: text)
        let payload = Base64.url.decode(text[(first + 1)..<second])
        if payload == nil, text[(first + 1)..<second].contains(0x2e) { throw JWSError(.partCount) }
        guard let header = Base64.url.decode(text[..<first]) else {
            throw JWSError(.headerBase64)
        }
        guard let payload else { throw JWSError(.payloadBase64) }
        guard let signature = Base64.url.decode(text[(second + 1)...]) else {
            throw JWSError(.signatureBase64)
        }
        try self.init(checking: header, payload, signature)
        if let type, !type.hasSameBytes(as: self.type) {
            throw JWSError(.typeMismatch, member: "typ")
        }
    }

    /// Puts a JWS together from its decoded parts.
    ///
    /// Complexity: O(n).
    public init(header: [UInt8], payload: [UInt8], signature: [UInt8]) throws(JWSError) {
        let count = Self.textCount(of: [header, payload, signature])
        guard count <= SigningLimits.jwsByteCount else { throw JWSError(.tooLong) }
        try self.init(checking: header, payload, signature)
    }

    /// Signs a payload under the header `{"alg":…,"kid":…,"typ":…}`, written without white space.
    ///
    /// `typ` has 1 to 64 visible ASCII characters. A payload of more than some 48,900 bytes makes a
    /// text that no ledger takes.
    ///
    /// Complexity: O(n).
    public init(signing payload: [UInt8], type: String, with key: PrivateKey) {
        let algorithm = key.publicKey.algorithm
        let keyID = key.publicKey.thumbprint
        let value: JSONValue = [
            "alg": .string(algorithm.rawValue), "kid": .string(keyID.base64URL),
            "typ": .string(type),
        ]
        header = value.text
        self.payload = payload
        self.algorithm = algorithm
        algorithmName = algorithm.rawValue
        self.keyID = keyID
        self.type = type
        signature = key.signature(for: Self.signingInput(header, payload))
    }

    private init(
        checking header: [UInt8],
        _ payload: [UInt8],
        _ signature: [UInt8]
    ) throws(JWSError) {
        let members = try JWSHeader(parsing: header)
        guard signature.count == KeyAlgorithm.signatureByteCount else {
            throw JWSError(.signatureLength)
        }
        self.header = header
        self.payload = payload
        self.signature = signature
        algorithm = members.algorithm
        algorithmName = members.algorithmName
        keyID = members.keyID
        type = members.type
    }

    /// The compact text.
    ///
    /// Complexity: O(n).
    public var compact: [UInt8] { Self.text(of: [header, payload, signature]) }

    /// The bytes that are signed: the text before the second dot (RFC 7515 §5.1).
    ///
    /// Complexity: O(n).
    public var signingInput: [UInt8] { Self.signingInput(header, payload) }

    /// Requires that `alg` fits the key, that `kid` is its thumbprint, and that the signature is
    /// its own.
    ///
    ///
    /// Complexity: O(n), dominated by the signature.
    public func verify(with key: PublicKey) throws(JWSError) {
        try verify(with: key, input: signingInput[...])
    }

    /// Does the same as `verify(with:)` for a caller that has the compact text at hand.
    ///
    /// The text must be that of this JWS; its signed part is then not encoded once more.
    /// Complexity: O(n), dominated by the signature.
    public func verify(with key: PublicKey, compact text: [UInt8]) throws(JWSError) {
        let end = 1 + Base64.url.encodedCount(signature.count)
        try verify(with: key, input: text.dropLast(end))
    }

    private func verify(with key: PublicKey, input: ArraySlice<UInt8>) throws(JWSError) {
        guard algorithm == key.algorithm else {
            throw JWSError(.algorithmMismatch, member: "alg")
        }
        guard keyID == key.thumbprint else { throw JWSError(.keyIDMismatch, member: "kid") }
        guard key.isValidSignature(signature, for: input) else {
            throw JWSError(.signatureInvalid)
        }
    }

    private static func signingInput(_ header: [UInt8], _ payload: [UInt8]) -> [UInt8] {
        text(of: [header, payload])
    }

    /// The texts of some parts with dots between, written in one piece of memory.
    private static func text(of parts: [[UInt8]]) -> [UInt8] {
        let count = textCount(of: parts)
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { text, initialized in
            var offset = 0
            for part in parts {
                if offset > 0 {
                    unsafe text[offset] = 0x2e
                    offset += 1
                }
                let end = offset + Base64.url.encodedCount(part.count)
                unsafe Base64.url.write(
                    part,
                    to: UnsafeMutableBufferPointer(rebasing: text[offset..<end])
                )
                offset = end
            }
            initialized = offset
        }
    }

    private static func textCount(of parts: [[UInt8]]) -> Int {
        parts.reduce(parts.count - 1) { $0 + Base64.url.encodedCount($1.count) }
    }

    private static func dots(in text: [UInt8]) throws(JWSError) -> (Int, Int) {
        // The long part stands between the two: it is looked through only if it cannot be decoded.
        guard let first = text.firstIndex(of: 0x2e), let second = text.lastIndex(of: 0x2e),
            first < second
        else { throw JWSError(.partCount) }
        return (first, second)
    }
}
