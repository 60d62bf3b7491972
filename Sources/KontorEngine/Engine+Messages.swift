internal import Signing
internal import VerifiableLog

extension Engine {
    /// A message as the log signs it: a compact JWS, its `kid` the thumbprint of the log key.
    ///
    /// It is signed on the caller's thread, outside of all locks.
    ///
    /// Complexity: one signature.
    public func signed(_ payload: [UInt8], as message: SignedMessage) -> [UInt8] {
        signer.jws(signing: payload, type: message.rawValue).compact
    }
}
