/// How the bytes of a file are characters; declared, never guessed (spec/26 §2).
public enum BookEncoding: String, Hashable, Sendable, CaseIterable {
    /// UTF-8 without a byte order mark.
    case utf8 = "UTF-8"
    /// UTF-8 behind a byte order mark.
    case utf8Marked = "UTF-8-BOM"
    /// ISO-8859-1.
    case latin1 = "ISO-8859-1"
    /// ISO-8859-15: Latin-1 with the euro sign.
    case latin9 = "ISO-8859-15"
    /// Windows-1252.
    case windows1252 = "Windows-1252"

    /// Whether characters are UTF-8.
    var isUTF8: Bool { self == .utf8 || self == .utf8Marked }

    /// The character of a byte from 0x80, or nil where the encoding has none; of single bytes only.
    func scalar(_ byte: UInt8) -> Unicode.Scalar? {
        switch self {
        case .utf8, .utf8Marked: return nil
        case .latin1: return byte < 0xa0 ? nil : Unicode.Scalar(byte)
        case .latin9:
            guard byte >= 0xa0 else { return nil }
            let found = Self.latin9Changes.first { $0.byte == byte }
            return Unicode.Scalar(found?.scalar ?? UInt32(byte))
        case .windows1252:
            guard byte < 0xa0 else { return Unicode.Scalar(byte) }
            let scalar = Self.windows1252Changes[Int(byte) - 0x80]
            return scalar == 0 ? nil : Unicode.Scalar(scalar)
        }
    }

    /// A text in UTF-8 of bytes that were checked.
    ///
    /// Complexity: O(n).
    func utf8(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        if isUTF8 || bytes.allSatisfy({ $0 < 0x80 }) { return Array(bytes) }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + 16)
        for byte in bytes {
            if byte < 0x80 {
                text.append(byte)
            } else if let scalar = scalar(byte) {
                text.append(contentsOf: String(scalar).utf8)
            } else {
                text.append(0x3f)
            }
        }
        return text
    }

    /// The bytes of a text in this encoding, or nil if it has a character without any.
    ///
    /// Complexity: O(n).
    func bytes(_ text: String) -> [UInt8]? {
        if isUTF8 { return Array(text.utf8) }
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar.value < 0x80 {
                bytes.append(UInt8(scalar.value))
            } else if let byte = (UInt8(0x80)...0xff).first(where: { self.scalar($0) == scalar }) {
                bytes.append(byte)
            } else {
                return nil
            }
        }
        return bytes
    }

    private static let latin9Changes: [(byte: UInt8, scalar: UInt32)] = [
        (0xa4, 0x20ac), (0xa6, 0x160), (0xa8, 0x161), (0xb4, 0x17d), (0xb8, 0x17e), (0xbc, 0x152),
        (0xbd, 0x153), (0xbe, 0x178),
    ]

    /// The characters of 0x80 to 0x9f, 0 for none.
    private static let windows1252Changes: [UInt32] = [
        0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039,
        0x152, 0, 0x17d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc,
        0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178,
    ]
}
