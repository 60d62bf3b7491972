extension UInt128 {
    /// The number that 22 characters of canonical base64url hold, big-endian, or nil.
    public init?(base64URL text: ArraySlice<UInt8>) {
        self.init(base64URL: text.span)
    }

    /// The number that 22 characters of canonical base64url hold, big-endian, or nil.
    public init?(base64URL text: String) {
        self.init(base64URL: text.utf8.span)
    }

    /// The number that 22 characters of canonical base64url hold, big-endian, or nil.
    public init?(base64URL text: Span<UInt8>) {
        guard text.count == 22 else { return nil }
        let values = Self.values.span
        var high: UInt64 = 0
        var low: UInt64 = 0
        var faults: UInt8 = 0
        // Ten characters and four bits of the eleventh make the high half.
        for index in 0..<10 {
            let value = values[Int(text[index])]
            faults |= value
            high = high << 6 | UInt64(value)
        }
        let middle = values[Int(text[10])]
        high = high << 4 | UInt64(middle >> 2)
        low = UInt64(middle & 3)
        for index in 11..<21 {
            let value = values[Int(text[index])]
            faults |= value
            low = low << 6 | UInt64(value)
        }
        // Of the last character only two bits are used; the other four must be zero.
        let last = values[Int(text[21])]
        low = low << 2 | UInt64(last >> 4)
        guard (faults | middle | last) & 0x80 == 0, last & 0xf == 0 else { return nil }
        self = UInt128(high) << 64 | UInt128(low)
    }

    /// The number of characters of such a text.
    public static let base64URLCount = 22

    /// The number as 22 characters of base64url of its 16 bytes, big-endian.
    public var base64URL: String {
        var text: [UInt8] = []
        text.reserveCapacity(Self.base64URLCount)
        appendBase64URL(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the 22 characters of the number.
    public func appendBase64URL(to text: inout [UInt8]) {
        let count = Self.base64URLCount
        unsafe withUnsafeBytes(of: bigEndian) { bytes in
            unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { letters in
                unsafe Base64.url.write(bytes.assumingMemoryBound(to: UInt8.self), to: letters)
                unsafe text.append(contentsOf: letters)
            }
        }
    }

    /// The value of each character, or 0x80 for a foreign one.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0x80, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        for (value, letter) in alphabet.utf8.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()
}
