public import Ledger

/// The entries behind the ledger's books: ranges of them in order, and single ones again.
public protocol BookedEntries: AnyObject {
    /// Hands over the entries of a range in order, until the closure returns false.
    ///
    /// Complexity: O(bytes read), in constant memory.
    func forEachEntry(
        in range: Range<UInt64>,
        _ body: (UInt64, PastEntry) throws -> Bool
    ) throws

    /// An entry, or nil past the end.
    func entry(at index: UInt64) throws -> PastEntry?
}
