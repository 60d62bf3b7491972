public import Signing

/// A transfer that two sides have not alike (spec/28 §2).
public struct DigestDifference: Hashable, Sendable {
    /// Which side has it.
    public enum Kind: String, Sendable, CaseIterable {
        /// The other side has it, and our own books do not.
        case missingHere
        /// Our own books have it, and those of the other side do not.
        case missingThere
        /// Both have it, with other figures.
        case changed
    }

    /// The transfer.
    public let name: ItemName
    /// The hash of our own leaf, or nil if there is none.
    public let own: Digest?
    /// The hash of the other side's leaf, or nil if there is none.
    public let other: Digest?

    /// A transfer whose leaves differ.
    public init(name: ItemName, own: Digest?, other: Digest?) {
        self.name = name
        self.own = own
        self.other = other
    }

    /// Which side has it.
    public var kind: Kind {
        own == nil ? .missingHere : other == nil ? .missingThere : .changed
    }
}
