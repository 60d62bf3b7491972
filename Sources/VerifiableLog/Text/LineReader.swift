/// A cursor over lines that each end with one `\n`.
struct LineReader {
    let bytes: [UInt8]
    private(set) var offset = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether every byte was read.
    var isAtEnd: Bool { offset == bytes.count }

    /// The next line without its `\n`, or nil if none is left or the last one is not ended.
    mutating func next() -> ArraySlice<UInt8>? {
        guard let end = bytes[offset...].firstIndex(of: 0x0a) else { return nil }
        defer { offset = end + 1 }
        return bytes[offset..<end]
    }

    /// The bytes that were not read.
    var rest: [UInt8] { Array(bytes[offset...]) }
}

extension ArraySlice<UInt8> {
    /// What follows a prefix, or nil if the slice does not start with it.
    func after(_ prefix: String) -> ArraySlice<UInt8>? {
        starts(with: prefix.utf8) ? dropFirst(prefix.utf8.count) : nil
    }

    /// The slice as text, foreign bytes replaced; for places in errors only.
    var lossyText: String { String(decoding: prefix(100), as: UTF8.self) }
}
