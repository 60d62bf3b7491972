public import Settlement
public import Signing

/// The digest of one side's books of a window: a Merkle trie of sixteen branches over the
/// transfers, each by the SHA-256 of its name (spec/28 §1, R-33).
///
/// Bytes: a leaf is SHA-256(0x00 ‖ text of the transfer), an inner node SHA-256(0x01 ‖ the hashes
/// of its sixteen children), a node over one leaf is that leaf, one over none is 32 zero bytes. So
/// the root depends on the set of transfers alone, and two sides find those that differ from the
/// root downwards without showing others.
///
/// Invariants: keys ascend; leaves are arrays of values, and no node is an object; `levels` has the
/// hashes of the upper nodes, so that to look at a node costs no more than its few leaves.
public struct BookDigest: Sendable {
    /// What it is about.
    public let scope: BookScope
    /// The sums of each program, in the order of their names.
    public let sums: [BookSum]
    /// The keys of the leaves, ascending.
    let keys: [Digest]
    /// The hashes of the leaves, in the order of the keys.
    let hashes: [Digest]
    /// The names of the leaves, in the order of the keys.
    let names: [ItemName]
    /// The nodes of each depth from 0, by the number that their prefix is.
    private(set) var levels: [[BookNode]] = []

    private init(
        scope: BookScope,
        sums: [BookSum],
        keys: [Digest],
        hashes: [Digest],
        names: [ItemName]
    ) {
        self.scope = scope
        self.sums = sums
        self.keys = keys
        self.hashes = hashes
        self.names = names
        var width = 1
        levels.append([.empty])
        while width * BookNode.childCount * 4 <= keys.count {
            width *= BookNode.childCount
            levels.append(Array(repeating: .empty, count: width))
        }
        _ = fill(0..<keys.count, depth: 0, number: 0)
    }

    /// How many transfers there are.
    public var count: Int { keys.count }

    /// The root, which both sides have alike if, and only if, all their transfers are alike.
    public var root: Digest { scope.root(top: top.hash, count: UInt64(count)) }

    /// The node over all leaves.
    var top: BookNode { levels[0][0] }

    /// The node at a place.
    ///
    /// Complexity: O(log n).
    func node(at prefix: BookPrefix) -> BookNode {
        let depth = prefix.nibbles.count
        if depth < levels.count {
            return levels[depth][prefix.nibbles.reduce(0) { $0 << 4 | Int($1) }]
        }
        return node(over: leaves(under: prefix), depth: depth)
    }

    /// The sixteen nodes below a place.
    func children(of prefix: BookPrefix) -> [BookNode] {
        (0..<UInt8(BookNode.childCount)).map { node(at: prefix.child($0)) }
    }

    /// The leaves under a place, as numbers in the order of the keys.
    ///
    /// Complexity: O(log n).
    func leaves(under prefix: BookPrefix) -> Range<Int> {
        var range = 0..<keys.count
        for (depth, nibble) in prefix.nibbles.enumerated() where !range.isEmpty {
            let start = bound(of: nibble, in: range, depth: depth)
            range = start..<bound(of: nibble + 1, in: start..<range.upperBound, depth: depth)
        }
        return range
    }

    /// The hash of the leaf of a name, or nil if there is none.
    ///
    /// Complexity: O(log n).
    public func leafHash(of name: ItemName) -> Digest? {
        let key = name.key
        var range = 0..<keys.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if keys[middle] == key { return hashes[middle] }
            range = keys[middle] < key ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }

    /// The node over some leaves, which is kept where its depth has a level.
    private mutating func fill(_ range: Range<Int>, depth: Int, number: Int) -> BookNode {
        guard depth < levels.count else { return node(over: range, depth: depth) }
        var children: [BookNode] = []
        var start = range.lowerBound
        for nibble in 0..<UInt8(BookNode.childCount) {
            let end = bound(of: nibble + 1, in: start..<range.upperBound, depth: depth)
            let child = number << 4 | Int(nibble)
            children.append(fill(start..<end, depth: depth + 1, number: child))
            start = end
        }
        let node = BookNode(children: children) ?? children.first { $0 != .empty } ?? .empty
        levels[depth][number] = node
        return node
    }

    private func node(over range: Range<Int>, depth: Int) -> BookNode {
        guard range.count > 1 else {
            return range.first.map { BookNode(.leaf, hashes[$0]) } ?? .empty
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(BookNode.childCount * Digest.byteCount)
        var start = range.lowerBound
        for nibble in 0..<UInt8(BookNode.childCount) {
            var end = start
            while end < range.upperBound, keys[end].nibble(at: depth) == nibble { end += 1 }
            node(over: start..<end, depth: depth + 1).hash.append(to: &bytes)
            start = end
        }
        return BookNode(.inner, DigestBuilder.digest(prefix: 1, bytes))
    }

    /// The first leaf of a range whose half byte at a depth is not below this one.
    private func bound(of nibble: UInt8, in range: Range<Int>, depth: Int) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = low + (high - low) / 2
            if keys[middle].nibble(at: depth) < nibble { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension BookDigest {
    /// The digest of the rows of a book that belong to the window, without holds and what was
    /// called off (spec/28 §1.1).
    ///
    /// Throws `rowUnnamed` for a row without a transfer id, `identifier` for a unit that is no
    /// program, `number` and `tooLarge`, each with file and line.
    ///
    /// Complexity: O(n log n); some 90 bytes a transfer.
    public init(_ table: BookTable, scope: BookScope) throws(FormatError) {
        let leaves = try BookLeaves(table)
        self.init(
            scope: scope,
            sums: leaves.sums,
            keys: leaves.keys,
            hashes: leaves.hashes,
            names: leaves.names
        )
    }

    /// The digest of another one with other leaves of some names, each named once.
    ///
    /// Nil takes a leaf away. The sums are not known then.
    ///
    /// Complexity: O(n).
    init(_ other: BookDigest, changing changes: [(name: ItemName, hash: Digest?)]) {
        let changes = changes.map { (key: $0.name.key, change: $0) }.sorted { $0.key < $1.key }
        var keys: [Digest] = []
        var hashes: [Digest] = []
        var names: [ItemName] = []
        var place = 0
        for (key, change) in changes {
            let start = place
            while place < other.keys.count, other.keys[place] < key { place += 1 }
            keys += other.keys[start..<place]
            hashes += other.hashes[start..<place]
            names += other.names[start..<place]
            if place < other.keys.count, other.keys[place] == key { place += 1 }
            guard let hash = change.hash else { continue }
            keys.append(key)
            hashes.append(hash)
            names.append(change.name)
        }
        keys += other.keys[place...]
        hashes += other.hashes[place...]
        names += other.names[place...]
        self.init(scope: other.scope, sums: [], keys: keys, hashes: hashes, names: names)
    }
}
