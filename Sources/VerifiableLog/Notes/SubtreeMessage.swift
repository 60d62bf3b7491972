internal import Signing

/// The bytes that a cosigner of type 0x06 (ML-DSA-44) signs.
///
///     "subtree/v1\n\0" ‖ u8 length ‖ cosigner ‖ u64 time ‖ u8 length ‖ origin ‖ u64 start ‖ u64
///     end ‖ hash
///
/// A checkpoint is the subtree from 0 to its size. Kontor builds the message and does not verify it
/// (spec/06 §6).
public struct SubtreeMessage: Hashable, Sendable {
    /// The bytes.
    public let bytes: [UInt8]

    /// The message for a checkpoint at a time in POSIX seconds.
    ///
    /// Throws `cosignatureMalformed` for a name or origin of more than 255 bytes.
    public init(
        cosigner: String,
        seconds: UInt64,
        checkpoint: Checkpoint
    ) throws(LogError) {
        let name = Array(cosigner.utf8)
        let origin = Array(checkpoint.origin.utf8)
        guard let nameCount = UInt8(exactly: name.count),
            let originCount = UInt8(exactly: origin.count)
        else {
            throw LogError(
                .cosignatureMalformed,
                at: "subtree message",
                "cosigner and origin have at most 255 bytes"
            )
        }
        var bytes = Array("subtree/v1\n\0".utf8)
        bytes.append(nameCount)
        bytes += name
        bytes.appendBigEndian(seconds)
        bytes.append(originCount)
        bytes += origin
        bytes.appendBigEndian(0)
        bytes.appendBigEndian(checkpoint.size)
        checkpoint.root.append(to: &bytes)
        self.bytes = bytes
    }
}
