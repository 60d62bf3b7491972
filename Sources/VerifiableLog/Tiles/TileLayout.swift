/// Which tiles and bundles a tree of a size has (C2SP tlog-tiles, spec/05 §3).
///
/// Level L has floor(size / 256^L) hashes: every 256 of them a full tile, the rest one partial
/// tile. An empty tile does not exist, and a hash of a level above 0 stands for a full tile below.
public struct TileLayout: Hashable, Sendable {
    /// The number of leaves.
    public let size: UInt64

    /// The layout of a tree.
    public init(size: UInt64) {
        self.size = size
    }

    /// The number of levels that have a hash.
    public var levelCount: Int {
        (64 - size.leadingZeroBitCount + 7) / 8
    }

    /// The number of hashes at a level.
    public func hashCount(level: Int) -> UInt64 {
        level < 8 ? size >> UInt64(8 * level) : 0
    }

    /// The number of full tiles at a level.
    public func fullTileCount(level: Int) -> UInt64 {
        hashCount(level: level) >> 8
    }

    /// The width of the partial tile at a level, 0 if there is none.
    public func partialWidth(level: Int) -> Int {
        Int(truncatingIfNeeded: hashCount(level: level) & 0xff)
    }

    /// The paths of the partial tiles, from level 0 upwards.
    public var partialTiles: [TilePath] {
        (0..<levelCount).compactMap { level in
            let width = partialWidth(level: level)
            return width == 0 ? nil : TilePath(known: level, fullTileCount(level: level), width)
        }
    }

    /// The number of full entry bundles.
    public var fullBundleCount: UInt64 { fullTileCount(level: 0) }

    /// The path of the partial entry bundle, or nil if all bundles are full.
    public var partialBundle: TilePath? {
        let width = partialWidth(level: 0)
        return width == 0 ? nil : TilePath(known: nil, fullBundleCount, width)
    }

    /// The path of the tile or bundle of an index in this tree, full or partial, or nil outside of
    /// the tree.
    public func path(level: Int?, index: UInt64) -> TilePath? {
        let full = fullTileCount(level: level ?? 0)
        if index < full { return TilePath(known: level, index, LogLimits.tileWidth) }
        let width = partialWidth(level: level ?? 0)
        return index == full && width > 0 ? TilePath(known: level, index, width) : nil
    }

    /// Whether a path names a full tile of this tree, or its partial tile in exactly its width.
    public func contains(_ path: TilePath) -> Bool {
        self.path(level: path.level, index: path.index) == path
    }
}
