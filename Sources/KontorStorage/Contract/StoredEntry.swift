public import Signing

/// One entry of the log as a store keeps it: the frame's fields and the three decoded parts of its
/// JWS.
///
/// The parts rebuild the signed text byte for byte, because only canonical base64url is accepted
/// (spec/02 §1).
public struct StoredEntry: Sendable, Hashable {
    /// The position in the log, from 0.
    public var index: UInt64
    /// The ledger's time of the entry.
    public var time: Timestamp
    /// The slug of the partner, operator or auditor who signed.
    public var submitter: String
    /// The submission's UUIDv7, big-endian.
    public var id: UInt128
    /// The decoded protected header of the JWS.
    public var header: [UInt8]
    /// The decoded payload of the JWS.
    public var payload: [UInt8]
    /// The signature of the JWS, 64 bytes for both algorithms.
    public var signature: [UInt8]

    /// An entry of these fields.
    public init(
        index: UInt64,
        time: Timestamp,
        submitter: String,
        id: UInt128,
        header: [UInt8],
        payload: [UInt8],
        signature: [UInt8]
    ) {
        self.index = index
        self.time = time
        self.submitter = submitter
        self.id = id
        self.header = header
        self.payload = payload
        self.signature = signature
    }
}
