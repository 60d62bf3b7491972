public import Ledger
internal import Signing
internal import Synchronization
internal import VerifiableLog

extension Engine {
    /// A refusal as the log signs it: a compact JWS, the payload that of `SignedRefusal` (spec/07
    /// §7).
    ///
    /// The text is the submission as it was sent. It is signed on the caller's thread, outside of
    /// all locks.
    ///
    /// Complexity: one signature.
    public func signedRefusal(of text: [UInt8], _ refusal: Refusal) -> String {
        let head = published.withLock { $0 }
        let signed = SignedRefusal(
            ledger: refusal.judgedAt?.ledger ?? head?.ledger ?? .zero,
            submission: DigestBuilder.digest(text),
            size: refusal.judgedAt?.index ?? head?.tree.size ?? 0,
            time: refusal.judgedAt?.time ?? head?.time ?? .earliest,
            faults: refusal.told
        )
        return signed.signed(by: signer)
    }
}
