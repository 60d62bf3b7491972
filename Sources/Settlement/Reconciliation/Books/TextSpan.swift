/// A piece of the texts of a book: where it begins and how many bytes it has.
public struct TextSpan: Hashable, Sendable {
    /// The offset of the first byte in `BookTable.texts`.
    public let start: UInt32
    /// How many bytes; 0 is no text.
    public let count: UInt32

    /// A piece of the texts.
    public init(start: UInt32, count: UInt32) {
        self.start = start
        self.count = count
    }

    /// No text.
    public static let none = TextSpan(start: 0, count: 0)

    /// Whether there is no text.
    public var isEmpty: Bool { count == 0 }
}
