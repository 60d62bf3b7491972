extension JSONReader {
    enum Text {
        case plain(Range<Int>)
        case escaped([UInt8])
    }

    /// Reads a string, with its escapes resolved; compare it with `hasSameBytes(as:)`, not with
    /// `==`.
    public mutating func readString() throws(JSONError) -> String {
        switch try scanString() {
        case .plain(let range): return String(decoding: bytes[range], as: UTF8.self)
        case .escaped(let text): return String(decoding: text, as: UTF8.self)
        }
    }

    /// Reads a string as UTF-8, with its escapes resolved; it shares the memory of the text where
    /// it had none.
    public mutating func readBytes() throws(JSONError) -> ArraySlice<UInt8> {
        switch try scanString() {
        case .plain(let range): return bytes[range]
        case .escaped(let text): return text[...]
        }
    }

    /// Reads a string of canonical base64url of exactly 16 bytes, 22 characters, as a big-endian
    /// number.
    public mutating func readIdentifier128() throws(JSONError) -> UInt128 {
        let start = offset
        let value: UInt128?
        switch try scanString() {
        case .plain(let range): value = UInt128(base64URL: bytes.span.extracting(range))
        case .escaped(let text): value = UInt128(base64URL: text.span)
        }
        guard let value else { throw JSONError(.notAnIdentifier, at: start) }
        return value
    }

    /// Reads a string of canonical base64url of exactly 32 bytes, 43 characters.
    public mutating func readDigest() throws(JSONError) -> Digest {
        let start = offset
        guard let digest = Digest(ascii: try readBytes(), as: .url) else {
            throw JSONError(.notADigest, at: start)
        }
        return digest
    }

    mutating func scanString() throws(JSONError) -> Text {
        guard consume(0x22) else { throw typeFault(.notAString) }
        let start = offset
        offset = plainEnd(from: start)
        guard offset < bytes.count else { throw JSONError(.syntax, at: offset) }
        switch bytes[offset] {
        case 0x22:
            offset += 1
            return .plain(start..<offset - 1)
        case 0x5c: return .escaped(try scanEscapes(from: start))
        default: throw JSONError(.controlCharacter, at: offset)
        }
    }

    /// The offset of the next quote, backslash or control character, or the end.
    private func plainEnd(from start: Int) -> Int {
        let bytes = unsafe self.bytes.span.bytes
        var index = start
        while index + 8 <= bytes.byteCount {
            let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let found = Self.special(in: word.littleEndian)
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < bytes.byteCount {
            let byte = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt8.self)
            if byte < 0x20 || byte == 0x22 || byte == 0x5c { return index }
            index += 1
        }
        return index
    }

    /// The topmost bit of each byte that is a quote, a backslash or a control character.
    ///
    /// A borrow may mark bytes above a marked one as well, so only the lowest mark means what it
    /// says.
    @inline(__always)
    private static func special(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5c)
        let below = (word &- (ones &* 0x20)) & ~word
        let zero = ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
        return (below | zero) & (ones &* 0x80)
    }

    private mutating func scanEscapes(from start: Int) throws(JSONError) -> [UInt8] {
        var text = Array(bytes[start..<offset])
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case 0x22: return text
            case 0x5c: try scanEscape(into: &text)
            case 0x20...: text.append(byte)
            default: throw JSONError(.controlCharacter, at: offset - 1)
            }
        }
        throw JSONError(.syntax, at: offset)
    }

    private mutating func scanEscape(into text: inout [UInt8]) throws(JSONError) {
        let start = offset - 1
        guard offset < bytes.count else { throw JSONError(.syntax, at: bytes.count) }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case 0x22, 0x5c, 0x2f: text.append(byte)
        case 0x62: text.append(0x08)
        case 0x66: text.append(0x0c)
        case 0x6e: text.append(0x0a)
        case 0x72: text.append(0x0d)
        case 0x74: text.append(0x09)
        case 0x75: text.append(contentsOf: try scanScalar(from: start))
        default: throw JSONError(.syntax, at: start)
        }
    }

    /// The UTF-8 of a `\u` escape whose digits come next, or of two that are a pair of surrogates.
    private mutating func scanScalar(from start: Int) throws(JSONError) -> UTF8.EncodedScalar {
        var value = try scanHex(start)
        if (0xd800...0xdbff).contains(value) {
            guard offset + 1 < bytes.count, bytes[offset] == 0x5c, bytes[offset + 1] == 0x75 else {
                throw JSONError(.surrogate, at: start)
            }
            let second = offset
            offset += 2
            let low = try scanHex(second)
            guard (0xdc00...0xdfff).contains(low) else { throw JSONError(.surrogate, at: start) }
            value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)
        }
        guard let scalar = Unicode.Scalar(value), let text = UTF8.encode(scalar) else {
            throw JSONError(.surrogate, at: start)
        }
        return text
    }

    private mutating func scanHex(_ start: Int) throws(JSONError) -> UInt32 {
        guard offset + 4 <= bytes.count else { throw JSONError(.syntax, at: start) }
        var value: UInt32 = 0
        for byte in bytes[offset..<offset + 4] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x41 + 10)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x61 + 10)
            default: throw JSONError(.syntax, at: start)
            }
        }
        offset += 4
        return value
    }

    /// Refuses a text at the first byte of the first sequence that is not UTF-8 (RFC 3629).
    static func requireUTF8(_ bytes: [UInt8]) throws(JSONError) {
        var high: UInt8 = 0
        for byte in bytes { high |= byte }
        guard high >= 0x80 else { return }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw JSONError(.encoding, at: error.byteOffsets.lowerBound)
        }
    }
}
