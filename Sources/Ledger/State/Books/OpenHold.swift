public import Signing

/// An entry of transfers some of whose items still wait for their creditor (spec/11 §5).
public struct OpenHold: Sendable, Hashable {
    /// The index of the entry.
    public let entry: UInt64
    /// The moment at which what waits is released.
    public let expiry: Timestamp
    /// The numbers of the items that wait, in their order.
    public let items: [Int32]
}

extension Book {
    /// All holds in the order of their entries.
    ///
    /// Complexity: O(holds · log holds).
    public var openHolds: [OpenHold] {
        holds.sorted.map { group in
            OpenHold(
                entry: group.entry,
                expiry: group.expiry,
                items: group.items.map(\.item).sorted()
            )
        }
    }
}
