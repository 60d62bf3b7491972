public import Signing
public import VerifiableLog

/// A log that is shown to an auditor: its checkpoint, and its entries in order (spec/18 §2).
///
/// Nothing that a source says is believed. Methods throw `AuditFault` where it contradicts itself,
/// and `AuditError` or
/// `StorageError` where it cannot be read. They may be called from any thread.
public protocol EntrySource: AnyObject, Sendable {
    /// Where the log is, for messages.
    var place: String { get }

    /// The bytes of the signed checkpoint.
    func checkpoint() throws -> [UInt8]

    /// Hands over the entries `0 ..< size` in order, until the closure returns false.
    ///
    /// Memory stays constant at any length.
    ///
    /// Complexity: O(bytes).
    func forEachEntry(size: UInt64, _ body: (SourceEntry) throws -> Bool) throws

    /// Reads again an entry that was handed over before.
    ///
    /// The leaf hash of the entry before it is given for sources that keep no frames.
    func entry(at index: UInt64, previous: Digest) throws -> SourceEntry

    /// Compares a full hash tile that the auditor computed with what the source keeps of it.
    func check(_ tile: HashTile) throws

    /// Compares the rest after the last entry, and names what is odd but no fault.
    func finish(size: UInt64, partial tiles: [HashTile]) throws -> [String]
}
