public import Signing

extension Book {
    /// The keys with which someone signs or ever signed entries, those that were revoked as well: a
    /// journal outlives its keys (spec/28 §4.2).
    ///
    /// Complexity: O(keys of the ledger).
    public func entryKeysEver(of owner: String) -> [PublicKey] {
        registry.keyRecords.filter { $0.owner == owner && $0.use == .entries }.map(\.key)
    }
}
