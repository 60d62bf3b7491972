/// Base64 and base64url of RFC 4648, in their one canonical spelling.
///
/// Decoding refuses everything that a second spelling of the same bytes would need: foreign characters, white
/// space, missing or superfluous padding, and non-zero trailing bits (RFC 4648 §3.5). So a text and its bytes
/// determine each other, and either may be kept instead of the other (spec/02 §2).
public enum Base64: Sendable {
    /// The alphabet with `+` and `/`, padded with `=` (RFC 4648 §4). C2SP formats and `prev` use it.
    case standard
    /// The alphabet with `-` and `_`, never padded (RFC 4648 §5, RFC 7515 §2). JOSE and identifiers use it.
    case url

    /// The text of some bytes.
    ///
    /// Complexity: O(n).
    public func encode(_ bytes: some Collection<UInt8>) -> String {
        let text = encodeBytes(Array(bytes))
        return String(decoding: text, as: UTF8.self)
    }

    /// The text of some bytes, as ASCII.
    ///
    /// Complexity: O(n).
    public func encodeBytes(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        append(bytes, to: &text)
        return text
    }

    /// Appends the text of some bytes to a text.
    ///
    /// Complexity: O(n).
    public func append(_ bytes: [UInt8], to text: inout [UInt8]) {
        let alphabet = self == .url ? Self.urlAlphabet : Self.standardAlphabet
        var index = 0
        while index + 3 <= bytes.count {
            let group =
                Int(bytes[index]) << 16 | Int(bytes[index + 1]) << 8 | Int(bytes[index + 2])
            text.append(alphabet[group >> 18])
            text.append(alphabet[group >> 12 & 63])
            text.append(alphabet[group >> 6 & 63])
            text.append(alphabet[group & 63])
            index += 3
        }
        switch bytes.count - index {
        case 1:
            let group = Int(bytes[index]) << 4
            text.append(alphabet[group >> 6])
            text.append(alphabet[group & 63])
            if self == .standard { text.append(contentsOf: [0x3d, 0x3d]) }
        case 2:
            let group = Int(bytes[index]) << 10 | Int(bytes[index + 1]) << 2
            text.append(alphabet[group >> 12])
            text.append(alphabet[group >> 6 & 63])
            text.append(alphabet[group & 63])
            if self == .standard { text.append(0x3d) }
        default:
            break
        }
    }

    /// The bytes of a text, or nil if the text is not the canonical spelling of any.
    ///
    /// Complexity: O(n).
    public func decode(_ text: some StringProtocol) -> [UInt8]? {
        decode(Array(text.utf8)[...])
    }

    /// The bytes of an ASCII text, or nil if the text is not the canonical spelling of any.
    ///
    /// Complexity: O(n).
    public func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var end = text.endIndex
        if self == .standard {
            guard text.count % 4 == 0 else { return nil }
            for _ in 0..<2 where end > text.startIndex && text[end - 1] == 0x3d { end -= 1 }
        }
        let count = end - text.startIndex
        let rest = count % 4
        if rest == 1 || (self == .standard && (text.count - count) != (4 - rest) % 4) { return nil }
        let values = self == .url ? Self.urlValues : Self.standardValues
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count / 4 * 3 + 2)
        var index = text.startIndex
        let whole = end - rest
        var faults: UInt32 = 0
        while index < whole {
            let group =
                values[Int(text[index])] << 18 | values[Int(text[index + 1])] << 12
                | values[Int(text[index + 2])] << 6 | values[Int(text[index + 3])]
            faults |= group
            bytes.append(UInt8(truncatingIfNeeded: group >> 16))
            bytes.append(UInt8(truncatingIfNeeded: group >> 8))
            bytes.append(UInt8(truncatingIfNeeded: group))
            index += 4
        }
        if rest > 0 {
            let second = values[Int(text[index + 1])]
            var group = values[Int(text[index])] << 18 | second << 12
            if rest == 3 { group |= values[Int(text[index + 2])] << 6 }
            faults |= group
            bytes.append(UInt8(truncatingIfNeeded: group >> 16))
            if rest == 3 { bytes.append(UInt8(truncatingIfNeeded: group >> 8)) }
            guard group & (rest == 3 ? 0xff : 0xffff) == 0 else { return nil }
        }
        return faults & Self.foreign == 0 ? bytes : nil
    }

    // A foreign character has the topmost bit set, which no shift by at most 18 of a 6-bit value can reach.
    private static let foreign: UInt32 = 0x8000_0000
    private static let letters = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8
    )
    private static let standardAlphabet = letters + Array("+/".utf8)
    private static let urlAlphabet = letters + Array("-_".utf8)
    private static let standardValues = values(of: standardAlphabet)
    private static let urlValues = values(of: urlAlphabet)

    private static func values(of alphabet: [UInt8]) -> [UInt32] {
        var values = [UInt32](repeating: foreign | 0x1fff, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt32(value) }
        return values
    }
}
