public import Signing

/// What two sides found out about their books (spec/28 §2).
public struct DigestComparison: Hashable, Sendable {
    /// What a side said of its books.
    public struct Side: Hashable, Sendable {
        /// The root of its tree.
        public let root: Digest
        /// How many transfers it has.
        public let count: UInt64
        /// Its sums of each program, in the order of the names.
        public let sums: [BookSum]

        init(_ greeting: DigestGreeting) {
            root = greeting.root
            count = greeting.count
            sums = greeting.sums
        }
    }

    /// What both are about.
    public let scope: BookScope
    /// Our own side.
    public let own: Side
    /// The other side, as far as it told the truth.
    public let other: Side
    /// The transfers that differ, by name; none of them if there were too many.
    public let differences: [DigestDifference]
    /// How many differ at least; all of them where `differences` names them.
    public let differenceCount: Int

    /// Whether both books are the same.
    public var isEqual: Bool { differenceCount == 0 }
    /// Whether so many differ that none was looked for any more.
    public var isTooDifferent: Bool { differenceCount > differences.count }

    init(
        _ own: DigestGreeting,
        _ other: DigestGreeting,
        differences: [DigestDifference],
        differenceCount: Int
    ) {
        scope = own.scope
        self.own = Side(own)
        self.other = Side(other)
        self.differences = differences.sorted { $0.name < $1.name }
        self.differenceCount = differenceCount
    }
}
