public import Signing
public import VerifiableLog

/// An entry as a source shows it.
public struct SourceEntry: Sendable {
    /// What the source keeps of an entry.
    public enum Content: Sendable {
        /// The bytes of the entry, as they are hashed.
        case bytes([UInt8])
        /// The entry made again from its parts.
        case rebuilt(RebuiltEntry)
    }

    /// The index at which the source shows it.
    public let index: UInt64
    /// The entry.
    public let content: Content
    /// The leaf hash that the source's own hash tile states, if it has one.
    public let statedLeaf: Digest?

    /// An entry.
    public init(index: UInt64, content: Content, statedLeaf: Digest? = nil) {
        self.index = index
        self.content = content
        self.statedLeaf = statedLeaf
    }

    /// The parsed frame of the entry.
    ///
    /// Throws `entryTooLong` or `entryMalformed`.
    ///
    /// Complexity: O(n).
    public func frame() throws(LogError) -> EntryFrame {
        switch content {
        case .bytes(let bytes): try EntryFrame(parsing: bytes)
        case .rebuilt(let entry): entry.frame
        }
    }

    /// The number of bytes, near enough to bound memory.
    var byteCount: Int {
        switch content {
        case .bytes(let bytes): bytes.count
        case .rebuilt(let entry): entry.frame.jws.count
        }
    }
}
