/// The path of a tile or entry bundle below the prefix of a log (C2SP tlog-tiles, spec/05 §4).
///
///     tile/<L>/<N>         tile/<L>/<N>.p/<W>         tile/entries/<N>
///     tile/entries/<N>.p/<W>
///
/// L is 0 to 63 in decimal. N is written in groups of three digits, all but the last prefixed by
/// `x`. W is 1 to 255.
public struct TilePath: Hashable, Sendable {
    /// The level of a hash tile, 0 to 63, or nil for an entry bundle.
    public let level: Int?
    /// The number of the tile in its level, from 0.
    public let index: UInt64
    /// The number of hashes or entries: 256 when full, else 1 to 255.
    public let width: Int

    /// The path of a hash tile.
    ///
    /// Throws `tilePath` for a level, an index or a width that no tree can have.
    public init(level: Int, index: UInt64, width: Int = LogLimits.tileWidth) throws(LogError) {
        try self.init(checking: level, index, width)
    }

    /// The path of an entry bundle.
    ///
    /// Throws `tilePath` for an index or a width that no log can have.
    public init(bundle index: UInt64, width: Int = LogLimits.tileWidth) throws(LogError) {
        try self.init(checking: nil, index, width)
    }

    init(known level: Int?, _ index: UInt64, _ width: Int) {
        self.level = level
        self.index = index
        self.width = width
    }

    private init(checking level: Int?, _ index: UInt64, _ width: Int) throws(LogError) {
        guard (0...63).contains(level ?? 0), (1...LogLimits.tileWidth).contains(width),
            index <= LogLimits.treeSize >> 8
        else {
            throw LogError(
                .tilePath,
                at: "tile \(level.map(String.init) ?? "entries")/\(index), width \(width)",
                "a level is 0 to 63, an index below 2^55, a width 1 to 256"
            )
        }
        self.init(known: level, index, width)
    }

    /// Parses a path.
    ///
    /// Throws `tilePath`.
    public init(parsing text: String) throws(LogError) {
        let malformed = LogError(
            .tilePath,
            at: "path \"\(text.prefix(100))\"",
            "a path is written like tile/0/x001/067 or tile/entries/273.p/112"
        )
        let bytes = Array(text.utf8)
        var parts = bytes.split(separator: 0x2f, omittingEmptySubsequences: false)
        guard parts.count >= 3, parts.count <= 16, parts[0].elementsEqual("tile".utf8) else {
            throw malformed
        }
        var width = LogLimits.tileWidth
        if let stem = Self.stem(parts[parts.count - 2]) {
            guard let value = DecimalText.parse(parts.removeLast()), (1...255).contains(value)
            else { throw malformed }
            width = Int(value)
            parts[parts.count - 1] = stem
        }
        var level: Int?
        if !parts[1].elementsEqual("entries".utf8) {
            guard let value = DecimalText.parse(parts[1]), value <= 63 else { throw malformed }
            level = Int(value)
        }
        guard let index = Self.index(parts[2...]) else { throw malformed }
        try self.init(checking: level, index, width)
        guard description == text else { throw malformed }
    }

    /// The path of the full tile at the same place.
    public var full: TilePath { TilePath(known: level, index, LogLimits.tileWidth) }

    /// Whether this is a partial tile or bundle.
    public var isPartial: Bool { width < LogLimits.tileWidth }

    /// The group without its `.p`, or nil if it has none.
    private static func stem(_ group: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        group.suffix(2).elementsEqual(".p".utf8) ? group.dropLast(2) : nil
    }

    private static func index(_ groups: ArraySlice<ArraySlice<UInt8>>) -> UInt64? {
        var value: UInt64 = 0
        for (position, group) in groups.enumerated() {
            let isLast = position == groups.count - 1
            var digits = group
            if !isLast {
                guard digits.popFirst() == 0x78 else { return nil }
            }
            guard digits.count == 3, value < 1 << 53 else { return nil }
            for byte in digits {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                value = value * 10 + UInt64(byte - 0x30)
            }
        }
        return value
    }
}

extension TilePath: CustomStringConvertible {
    /// The path as it stands in a URL.
    public var description: String {
        var number = Self.group(index % 1_000)
        var rest = index / 1_000
        while rest > 0 {
            number = "x\(Self.group(rest % 1_000))/\(number)"
            rest /= 1_000
        }
        let stem = "tile/\(level.map(String.init) ?? "entries")/\(number)"
        return isPartial ? "\(stem).p/\(width)" : stem
    }

    private static func group(_ value: UInt64) -> String {
        String(String(1_000 + value).dropFirst())
    }
}
