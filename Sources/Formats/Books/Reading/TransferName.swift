internal import Settlement
internal import Signing

/// The name of a transfer or item as books write it (spec/26 §3).
///
/// A UUIDv7 of 32 hexadecimal digits of either case, with hyphens after the 8th, 12th, 16th and
/// 20th or with none, and perhaps `/n` for the item.
struct TransferName {
    /// The UUIDv7 as a number.
    let transfer: UInt128
    /// The item, or `BookRow.noItem`.
    let item: UInt16

    /// The name of a range of bytes, or nil.
    init?(_ bytes: [UInt8], _ start: Int, _ end: Int) {
        let hasHyphens = end - start >= 36 && bytes[start + 8] == 0x2d
        let length = hasHyphens ? 36 : 32
        guard end - start >= length else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        var faults: UInt8 = 0
        var digits = 0
        let values = Self.values
        for offset in start..<start + length {
            let byte = bytes[offset]
            if hasHyphens, digits == 8 || digits == 12 || digits == 16 || digits == 20,
                Self.hyphenOffset(digits) == offset - start
            {
                faults |= byte == 0x2d ? 0 : 0x80
                continue
            }
            let value = values[Int(byte)]
            faults |= value
            if digits < 16 {
                high = high << 4 | UInt64(value & 0xf)
            } else {
                low = low << 4 | UInt64(value & 0xf)
            }
            digits += 1
        }
        guard faults & 0x80 == 0 else { return nil }
        let value = UInt128(high) << 64 | UInt128(low)
        guard UUIDv7(rawValue: value) != nil else { return nil }
        transfer = value
        if start + length == end {
            item = BookRow.noItem
        } else {
            guard bytes[start + length] == 0x2f,
                let item = Self.item(bytes, start + length + 1, end)
            else { return nil }
            self.item = item
        }
    }

    /// The number of an item: digits without a leading zero, below 65,535, or nil.
    static func item(_ bytes: [UInt8], _ start: Int, _ end: Int) -> UInt16? {
        guard start < end, end - start <= 5, bytes[start] != 0x30 || end - start == 1 else {
            return nil
        }
        var value = 0
        for offset in start..<end {
            let digit = bytes[offset] &- 0x30
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        guard value < Int(BookRow.noItem) else { return nil }
        return UInt16(value)
    }

    /// Where the hyphen after so many digits stands.
    private static func hyphenOffset(_ digits: Int) -> Int {
        digits + (digits - 8) / 4
    }

    /// The value of each hexadecimal digit, or 0x80.
    private static let values: [UInt8] = (0...255).map { byte in
        switch UInt8(byte) {
        case 0x30...0x39: UInt8(byte) - 0x30
        case 0x41...0x46: UInt8(byte) - 0x41 + 10
        case 0x61...0x66: UInt8(byte) - 0x61 + 10
        default: 0x80
        }
    }
}
