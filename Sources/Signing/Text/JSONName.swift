/// The name of a member, with its escapes resolved.
///
/// Names of up to 16 bytes, which are nearly all, are kept in two words, so that reading and
/// matching them touches no other memory.
public struct JSONName: Sendable {
    @usableFromInline let first: UInt64
    @usableFromInline let second: UInt64
    @usableFromInline let count: Int
    private let long: [UInt8]?
    /// The offset of the name in the text, at its opening quote.
    public let offset: Int

    /// The name of a range of a text.
    ///
    /// Where sixteen bytes of the text follow, two words are loaded and what is beyond the name is
    /// cut off.
    init(_ text: Span<UInt8>, _ range: Range<Int>, offset: Int) {
        guard range.count <= 16, range.lowerBound + 16 <= text.count else {
            self.init(text.extracting(range), offset: offset)
            return
        }
        let start = range.lowerBound
        let bytes = unsafe text.bytes
        let low = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
        let high = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: start + 8, as: UInt64.self)
        self = JSONName(
            first: low.littleEndian & Self.mask(range.count),
            second: high.littleEndian & Self.mask(range.count - 8),
            count: range.count,
            long: nil,
            offset: offset
        )
    }

    private init(first: UInt64, second: UInt64, count: Int, long: [UInt8]?, offset: Int) {
        self.first = first
        self.second = second
        self.count = count
        self.long = long
        self.offset = offset
    }

    /// A word in which so many bytes are set, none for a negative number, all from eight on.
    @inline(__always)
    private static func mask(_ count: Int) -> UInt64 {
        if count <= 0 { return 0 }
        return count >= 8 ? .max : 1 << UInt64(8 * count) - 1
    }

    init(_ name: Span<UInt8>, offset: Int) {
        var words: (UInt64, UInt64) = (0, 0)
        for index in 0..<min(name.count, 8) { words.0 |= UInt64(name[index]) << UInt64(8 * index) }
        if name.count > 8 {
            for index in 8..<min(name.count, 16) {
                words.1 |= UInt64(name[index]) << UInt64(8 * (index - 8))
            }
        }
        first = words.0
        second = words.1
        count = name.count
        long = name.count > 16 ? name.indices.map { name[$0] } : nil
        self.offset = offset
    }

    /// The name as a string.
    public var text: String {
        String(decoding: long ?? (0..<count).map { byte($0) }, as: UTF8.self)
    }

    /// Whether the name is this one.
    ///
    /// Complexity: O(n).
    @inlinable
    @inline(__always)
    public static func == (name: JSONName, other: StaticString) -> Bool {
        guard name.count == other.utf8CodeUnitCount else { return false }
        return other.utf8CodeUnitCount > 16
            ? name.hasSameBytes(as: other) : name.hasSameWords(as: other)
    }

    /// Lets a name be matched in a `switch`.
    @inlinable
    @inline(__always)
    public static func ~= (pattern: StaticString, name: JSONName) -> Bool {
        name == pattern
    }

    /// Whether the two words are those of an ASCII text of the same count, at most 16.
    @inlinable
    @inline(__always)
    func hasSameWords(as other: StaticString) -> Bool {
        var words: (UInt64, UInt64) = (0, 0)
        let start = unsafe other.utf8Start
        // The count of the literal, which the compiler knows, and so both words.
        let count = other.utf8CodeUnitCount
        for index in 0..<min(count, 8) {
            unsafe words.0 |= UInt64(start[index]) << UInt64(8 * index)
        }
        if count > 8 {
            for index in 8..<count {
                unsafe words.1 |= UInt64(start[index]) << UInt64(8 * (index - 8))
            }
        }
        return words == (first, second)
    }

    /// Whether each byte is that of an ASCII text of the same count.
    @usableFromInline
    func hasSameBytes(as other: StaticString) -> Bool {
        other.withUTF8Buffer { unsafe $0.elementsEqual(long ?? []) }
    }

    private func byte(_ index: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: (index < 8 ? first : second) >> UInt64(8 * (index % 8)))
    }
}
