/// An identifier or keyword in the code of a file.
struct Word: Hashable {
    var text: String
    /// From 1.
    var line: Int
    /// The byte right after the word, 0 at the end.
    var next: UInt8
    /// The byte right before the word, 0 at the start.
    var previous: UInt8

    /// Splits code, in UTF-8 and without literals, into words.
    ///
    /// Complexity: O(n).
    static func all(in code: [UInt8]) -> [Word] {
        var words: [Word] = []
        var line = 1
        var index = 0
        while index < code.count {
            guard isPart(code[index]) else {
                if code[index] == 0x0a { line += 1 }
                index += 1
                continue
            }
            let start = index
            while index < code.count, isPart(code[index]) { index += 1 }
            words.append(
                Word(
                    text: String(decoding: code[start..<index], as: UTF8.self),
                    line: line,
                    next: index < code.count ? code[index] : 0,
                    previous: start > 0 ? code[start - 1] : 0
                )
            )
        }
        return words
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x5f, 0x61...0x7a, 0x80...: true
        default: false
        }
    }
}
