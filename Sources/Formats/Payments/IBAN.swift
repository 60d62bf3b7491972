/// The number of a bank account by ISO 13616: a country, two check digits, 11 to 30 letters and
/// digits.
public struct IBAN: Hashable, Sendable, CustomStringConvertible {
    /// The text, without spaces.
    public let text: String

    /// The number of a text in capital letters without spaces, or nil if its form is another or its
    /// check digits are wrong.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard (15...34).contains(bytes.count), bytes[..<2].allSatisfy(Self.isLetter),
            bytes[2..<4].allSatisfy(Self.isDigit),
            bytes[4...].allSatisfy({ Self.isLetter($0) || Self.isDigit($0) }),
            Self.remainder(of: bytes) == 1
        else { return nil }
        let check = (bytes[2] - 0x30) * 10 + bytes[3] - 0x30
        guard (2...98).contains(check) else { return nil }
        self.text = String(text)
    }

    /// The text.
    public var description: String { text }

    /// The number that letters and digits make, with the first four at the end, modulo 97
    /// (ISO 7064).
    private static func remainder(of bytes: [UInt8]) -> Int {
        var remainder = 0
        for byte in bytes[4...] + bytes[..<4] {
            let value = isDigit(byte) ? Int(byte - 0x30) : Int(byte - 0x41) + 10
            remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97
        }
        return remainder
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
