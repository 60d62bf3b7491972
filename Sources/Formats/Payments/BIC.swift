/// The code of a bank by ISO 9362: six letters, then two or five letters and digits.
public struct BIC: Hashable, Sendable, CustomStringConvertible {
    /// The text.
    public let text: String

    /// The code of a text in capital letters, or nil if its form is another.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 8 || bytes.count == 11,
            bytes[..<6].allSatisfy({ (0x41...0x5a).contains($0) }),
            bytes[6...].allSatisfy({ (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) })
        else { return nil }
        self.text = String(text)
    }

    /// The text.
    public var description: String { text }
}
