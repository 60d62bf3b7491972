public import Signing

/// Up to 256 hashes of a level with the hashes of all complete subtrees above them, up to the
/// tile's root.
///
/// Hash i of tile n at level L is the root of the leaves `(n·256 + i)·256^L ..< (n·256 + i +
/// 1)·256^L` (spec/05 §3).
public struct HashTile: Hashable, Sendable {
    /// The level, 0 for leaf hashes.
    public let level: Int
    /// The number of the tile in its level.
    public let index: UInt64
    /// The number of hashes, 0 to 256.
    public private(set) var width = 0
    /// 256 hashes of height 0, 128 of height 1, and so on to one of height 8; only the known ones
    /// count.
    private var nodes: [Digest]

    /// A tile without hashes.
    init(level: Int, index: UInt64) {
        self.level = level
        self.index = index
        nodes = [Digest](repeating: .zero, count: 2 * LogLimits.tileWidth - 1)
    }

    /// A tile of 1 to 256 hashes.
    ///
    /// Throws `tileLength`.
    ///
    /// Complexity: O(n) node hashes.
    public init(level: Int, index: UInt64, hashes: some Collection<Digest>) throws(LogError) {
        let path = try TilePath(level: level, index: index)
        guard (1...LogLimits.tileWidth).contains(hashes.count) else {
            throw LogError(.tileLength, at: path.description, "a tile has 1 to 256 hashes")
        }
        self.init(level: level, index: index)
        for hash in hashes { append(hash) }
    }

    /// Parses the bytes of a tile, 32 for each hash of the path's width.
    ///
    /// Throws `tileLength`, or `tilePath` for a bundle.
    ///
    /// Complexity: O(n) node hashes.
    public init(parsing bytes: [UInt8], at path: TilePath) throws(LogError) {
        guard let level = path.level else {
            throw LogError(.tilePath, at: path.description, "this is no path of a hash tile")
        }
        guard bytes.count == path.width * Digest.byteCount else {
            throw LogError(
                .tileLength,
                at: path.description,
                "\(bytes.count) bytes; \(path.width * Digest.byteCount) are due"
            )
        }
        self.init(level: level, index: path.index)
        for start in stride(from: 0, to: bytes.count, by: Digest.byteCount) {
            if let hash = Digest(bytes[start..<start + Digest.byteCount]) { append(hash) }
        }
    }

    /// The path of the tile at its present width.
    public var path: TilePath { TilePath(known: level, index, width) }

    /// The hashes.
    ///
    /// Complexity: O(n).
    public var hashes: [Digest] { Array(nodes[..<width]) }

    /// The bytes as they are served, 32 for each hash.
    ///
    /// Complexity: O(n).
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(width * Digest.byteCount)
        for hash in nodes[..<width] { hash.append(to: &bytes) }
        return bytes
    }

    /// The hash of a complete subtree of the tile, or nil if the tile does not have it.
    ///
    /// Height 0 gives the hashes of the tile itself, height 8 the root of a full one.
    public func node(height: Int, position: Int) -> Digest? {
        guard (0...8).contains(height), position >= 0, (position + 1) << height <= width else {
            return nil
        }
        return nodes[Self.start(height) + position]
    }

    /// The root of a full tile, or nil.
    public var root: Digest? { node(height: 8, position: 0) }

    /// The first hashes of the tile.
    func prefix(_ count: Int) -> HashTile {
        guard count < width else { return self }
        var tile = HashTile(level: level, index: index)
        for hash in nodes[..<count] { tile.append(hash) }
        return tile
    }

    /// Appends a hash to a tile that is not full, and completes the subtrees that it ends.
    mutating func append(_ hash: Digest) {
        var hash = hash
        var position = width
        width += 1
        var height = 0
        nodes[position] = hash
        while position & 1 == 1 {
            hash = MerkleHash.node(nodes[Self.start(height) + position - 1], hash)
            height += 1
            position >>= 1
            nodes[Self.start(height) + position] = hash
        }
    }

    /// Where the nodes of a height begin: 0, 256, 384, …, 510.
    private static func start(_ height: Int) -> Int {
        512 - 512 >> height
    }
}
