/// The rows of one side of a reconciliation, with the texts, names and files that they point to.
public struct BookTable: Sendable {
    /// The rows, in the order in which they were read; no result depends on it.
    public var rows: [BookRow] = []
    /// The bytes of all texts, one after another.
    public private(set) var texts: [UInt8] = []
    /// Programs and currencies, each once.
    public private(set) var names: [String] = []
    /// The files.
    public var files: [BookFile] = []
    /// What was wrong with the files.
    public var faults: [BookFault] = []

    /// A side without rows.
    public init() {}

    /// Keeps a text; nil when there is no room left (4 GiB).
    ///
    /// Complexity: O(bytes).
    public mutating func keep(_ text: some Collection<UInt8>) -> TextSpan? {
        let start = texts.count
        guard let count = UInt32(exactly: text.count), start <= UInt32.max - count else {
            return nil
        }
        if count == 0 { return .some(.none) }
        texts.append(contentsOf: text)
        return TextSpan(start: UInt32(start), count: count)
    }

    /// The bytes of a text.
    public func bytes(_ span: TextSpan) -> ArraySlice<UInt8> {
        texts[Int(span.start)..<Int(span.start) + Int(span.count)]
    }

    /// The number of a program or currency, a new one if it is not known; nil beyond 65,534 names.
    ///
    /// Complexity: O(names), which are few.
    public mutating func number(of name: String) -> UInt16? {
        if let number = names.firstIndex(of: name) { return UInt16(number) }
        guard names.count < Int(BookRow.noName) else { return nil }
        names.append(name)
        return UInt16(names.count - 1)
    }
}

extension BookTable {
    /// Keeps a piece of bytes; nil when there is no room left (4 GiB).
    ///
    /// Complexity: O(bytes).
    public mutating func keep(_ text: ArraySlice<UInt8>) -> TextSpan? {
        let start = texts.count
        guard let count = UInt32(exactly: text.count), start <= UInt32.max - count else {
            return nil
        }
        if count == 0 { return .some(.none) }
        texts.append(contentsOf: text)
        return TextSpan(start: UInt32(start), count: count)
    }
}
