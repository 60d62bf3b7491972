/// Replaces comments and the text of string literals by spaces, so that rules see code alone.
///
/// It knows nested comments, raw strings, texts of several lines and interpolations; an
/// interpolation counts as text.
struct CodeStripper {
    private let bytes: [UInt8]
    private var index = 0
    private var output: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        output = bytes
    }

    /// The code, byte for byte as long as the source.
    ///
    /// Complexity: O(n).
    mutating func strip() -> [UInt8] {
        while index < bytes.count {
            if starts("//") {
                while index < bytes.count, bytes[index] != 0x0a { blank() }
            } else if starts("/*") {
                stripComment()
            } else if let hashes = openingHashes() {
                stripString(hashes: hashes)
            } else {
                index += 1
            }
        }
        return output
    }

    private mutating func stripComment() {
        var depth = 0
        repeat {
            if starts("/*") {
                depth += 1
                blank()
            } else if starts("*/") {
                depth -= 1
                blank()
            }
            blank()
        } while depth > 0 && index < bytes.count
    }

    /// The number of `#` before a quote here, or nil if no string begins.
    private func openingHashes() -> Int? {
        var end = index
        while end < bytes.count, bytes[end] == 0x23 { end += 1 }
        return end < bytes.count && bytes[end] == 0x22 ? end - index : nil
    }

    private mutating func stripString(hashes: Int) {
        index += hashes
        let quote = starts("\"\"\"") ? "\"\"\"" : "\""
        index += quote.utf8.count
        let closing = quote + String(repeating: "#", count: hashes)
        let escape = "\\" + String(repeating: "#", count: hashes)
        while index < bytes.count {
            if starts(closing) {
                index += closing.utf8.count
                return
            } else if starts(escape + "(") {
                blank(escape.utf8.count)
                stripInterpolation()
            } else if starts(escape) {
                blank(escape.utf8.count + 1)
            } else {
                blank()
            }
        }
    }

    /// Blanks from an opening parenthesis to its closing one.
    private mutating func stripInterpolation() {
        var depth = 0
        repeat {
            if let hashes = openingHashes() {
                stripString(hashes: hashes)
                continue
            }
            if bytes[index] == 0x28 { depth += 1 }
            if bytes[index] == 0x29 { depth -= 1 }
            blank()
        } while depth > 0 && index < bytes.count
    }

    private func starts(_ text: String) -> Bool {
        var place = index
        for byte in text.utf8 {
            guard place < bytes.count, bytes[place] == byte else { return false }
            place += 1
        }
        return true
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where index < bytes.count {
            if bytes[index] != 0x0a { output[index] = 0x20 }
            index += 1
        }
    }
}
