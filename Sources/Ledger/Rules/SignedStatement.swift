public import Signing

/// A JWS with what its payload says: what intake makes of bytes, before and beside the ledger's
/// rules.
///
/// It is shared, not copied, on its way through a ledger: it has some twenty parts.
public final class SignedStatement: Sendable {
    /// The JWS as it was signed.
    public let jws: JWS
    /// What it says.
    public let statement: Statement

    /// Reads the text of a submission.
    ///
    /// Its signature is not looked at yet.
    ///
    /// Complexity: O(n).
    public convenience init(parsing text: [UInt8]) throws(Refusal) {
        let jws: JWS
        do {
            jws = try JWS(parsing: text, type: JWS.entryType)
        } catch {
            throw Refusal(Fault(error))
        }
        try self.init(jws)
    }

    /// Reads the payload of a JWS.
    public init(_ jws: JWS) throws(Refusal) {
        self.jws = jws
        do { statement = try Statement(payload: jws.payload) } catch { throw Refusal(error) }
    }

    /// Requires that the signature is that of a registered key, or of a key that the entry brings
    /// along.
    ///
    /// Whether that key holds at a position is a rule of the ledger, not of this check. Returns
    /// false when the key is not known here yet; then the sequencer looks again at the position
    /// itself.
    /// A caller that has the compact text of the JWS at hand gives it, so that it is not made once
    /// more.
    public func verify(
        text: [UInt8]? = nil,
        key find: (Digest) -> PublicKey?
    ) throws(Refusal) -> Bool {
        let offered = statement.offeredKeys.first { $0.key.thumbprint == jws.keyID }?.key
        guard let key = offered ?? find(jws.keyID) else { return false }
        do {
            if let text {
                try jws.verify(with: key, compact: text)
            } else {
                try jws.verify(with: key)
            }
        } catch {
            throw Refusal(Fault(error))
        }
        return true
    }

    /// SHA-256 of the payload bytes: the terms hash of a proposal, and the name of a member
    /// proposal.
    public var payloadDigest: Digest { DigestBuilder.digest(jws.payload) }
}

extension Fault {
    /// The fault of a text that is not a JWS of this ledger.
    init(_ error: JWSError) {
        let rejection: Rejection = error.code == .tooLong ? .entryTooLong : .malformedJWS
        self.init(
            rejection,
            detail: error.code == .tooLong ? nil : error.code.rawValue,
            at: error.member.isEmpty ? "jws" : "jws.header.\(error.member)",
            error.description
        )
    }
}
