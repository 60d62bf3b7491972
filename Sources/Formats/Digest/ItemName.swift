public import Signing

/// The name of an item of a transfer: `<id>/<n>`, as every book of both partners has it
/// (spec/28 §1).
public struct ItemName: Hashable, Comparable, Sendable {
    /// The id of the transfer, a UUID as a number.
    public let transfer: UInt128
    /// The number of the item in its transfer.
    public let item: UInt16

    /// The most bytes of the text.
    static let byteCount = 42

    /// An item of a transfer.
    public init(transfer: UInt128, item: UInt16) {
        self.transfer = transfer
        self.item = item
    }

    /// The name of an ASCII text, or nil if it is not written in the one form.
    public init?(ascii text: ArraySlice<UInt8>) {
        guard text.count > 37, text[text.startIndex + 36] == 0x2f,
            let transfer = UUIDv7(ascii: text.prefix(36)),
            let item = PlainNumber.read(text.dropFirst(37), atMost: UInt64(UInt16.max))
        else { return nil }
        self.init(transfer: transfer.rawValue, item: UInt16(item))
    }

    /// Appends the text.
    func append(to text: inout [UInt8]) {
        for digit in 0..<32 {
            if digit == 8 || digit == 12 || digit == 16 || digit == 20 { text.append(0x2d) }
            let value = UInt8(truncatingIfNeeded: transfer >> UInt128(124 - 4 * digit)) & 0xf
            text.append(value < 10 ? 0x30 + value : 0x57 + value)
        }
        text.append(0x2f)
        PlainNumber.append(UInt64(item), to: &text)
    }

    /// The text as ASCII.
    public var ascii: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(Self.byteCount)
        append(to: &text)
        return text
    }

    /// The SHA-256 of the text, which orders the leaves of a digest.
    public var key: Digest { DigestBuilder.digest(ascii) }

    /// Orders by transfer, then by item.
    public static func < (left: ItemName, right: ItemName) -> Bool {
        (left.transfer, left.item) < (right.transfer, right.item)
    }
}

extension ItemName: CustomStringConvertible {
    /// The text.
    public var description: String { String(decoding: ascii, as: UTF8.self) }
}
