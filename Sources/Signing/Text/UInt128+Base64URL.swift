extension UInt128 {
    /// The number that 22 characters of canonical base64url hold, big-endian, or nil.
    public init?(base64URL text: ArraySlice<UInt8>) {
        guard text.count == 22 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        var faults: UInt8 = 0
        var rest: UInt8 = 0
        unsafe text.withUnsafeBufferPointer { text in
            unsafe Self.values.withUnsafeBufferPointer { values in
                // Ten characters and four bits of the eleventh make the high half.
                for index in 0..<10 {
                    let value = unsafe values[Int(text[index])]
                    faults |= value
                    high = high << 6 | UInt64(value)
                }
                for index in 10..<21 {
                    let value = unsafe values[Int(text[index])]
                    faults |= value
                    if index == 10 {
                        high = high << 4 | UInt64(value >> 2 & 0xf)
                        low = UInt64(value & 3)
                    } else {
                        low = low << 6 | UInt64(value)
                    }
                }
                let last = unsafe values[Int(text[21])]
                // Of the last character only two bits are used; the other four must be zero.
                faults |= last
                rest = last & 0xf
                low = low << 2 | UInt64(last >> 4 & 3)
            }
        }
        guard faults & 0x80 == 0, rest == 0 else { return nil }
        self = UInt128(high) << 64 | UInt128(low)
    }

    /// The number as 22 characters of base64url of its 16 bytes, big-endian.
    public var base64URL: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        for shift in stride(from: 120, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: self >> UInt128(shift)))
        }
        return Base64.url.encode(bytes)
    }

    /// The value of each character, or 0x80 for a foreign one.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0x80, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        for (value, letter) in alphabet.utf8.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()
}
