/// A line and a character of a text, both from 1.
struct TextPlace: Hashable, Sendable {
    let line: Int
    let column: Int

    /// The place of an offset in bytes of UTF-8, or of one byte a character.
    ///
    /// Complexity: O(offset).
    init(of offset: Int, in bytes: [UInt8]) {
        var line = 1
        var column = 1
        for index in 0..<min(max(offset, 0), bytes.count) {
            let byte = bytes[index]
            if byte == 0x0a {
                line += 1
                column = 1
            } else if byte & 0xc0 != 0x80 {
                column += 1
            }
        }
        self.line = line
        self.column = column
    }
}
