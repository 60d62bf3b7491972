/// A cursor over one JSON text in strict I-JSON (RFC 7493, spec/02 §3), which pulls values and builds no tree.
///
/// Escapes are read, so two spellings of a string are one value. Everything that two readers could read differently
/// is refused with a place: duplicate members, unpaired surrogates, numbers that are not plain integers of at most
/// 2^53 − 1, depth above eight, and anything after the value.
public struct JSONReader: Sendable {
    /// The deepest nesting that a payload may have.
    public static let depthLimit = 8
    /// The largest magnitude of a number: 2^53 − 1.
    public static let numberLimit: Int64 = 9_007_199_254_740_991

    let bytes: [UInt8]
    /// The offset of the next byte to read.
    public private(set) var offset = 0
    private var depth = 0

    /// A reader at the start of a text.
    public init(_ bytes: [UInt8]) throws(JSONError) {
        self.bytes = bytes
        if let fault = Self.firstInvalidUTF8(in: bytes) { throw JSONError(.encoding, at: fault) }
        skipSpace()
    }

    /// Reads an object: the body is called at each member's value and must read exactly that value.
    ///
    /// The body tells duplicates apart by itself (`MemberSet`), since it knows the names; a name that it does not
    /// know it refuses.
    public mutating func readObject<Failure: Error>(
        _ failure: (JSONError) -> Failure,
        _ body: (inout JSONReader, JSONName) throws(Failure) -> Void
    ) throws(Failure) {
        do { try enter(0x7b, .notAnObject) } catch { throw failure(error) }
        if consume(0x7d) { return leave() }
        while true {
            let name: JSONName
            do { name = try readName() } catch { throw failure(error) }
            try body(&self, name)
            skipSpace()
            if consume(0x2c) {
                skipSpace()
            } else if consume(0x7d) {
                return leave()
            } else {
                throw failure(JSONError(.syntax, at: offset))
            }
        }
    }

    /// Reads an array: the body is called at each element with its position from 0.
    public mutating func readArray<Failure: Error>(
        _ failure: (JSONError) -> Failure,
        _ body: (inout JSONReader, Int) throws(Failure) -> Void
    ) throws(Failure) {
        do { try enter(0x5b, .notAnArray) } catch { throw failure(error) }
        if consume(0x5d) { return leave() }
        var index = 0
        while true {
            try body(&self, index)
            index += 1
            skipSpace()
            if consume(0x2c) {
                skipSpace()
            } else if consume(0x5d) {
                return leave()
            } else {
                throw failure(JSONError(.syntax, at: offset))
            }
        }
    }

    /// Reads a string, with its escapes resolved.
    public mutating func readString() throws(JSONError) -> String {
        switch try scanString() {
        case .plain(let range): return String(decoding: bytes[range], as: UTF8.self)
        case .escaped(let text): return String(decoding: text, as: UTF8.self)
        }
    }

    /// Reads a string of base64url of exactly 16 bytes, 22 characters, as a big-endian number.
    public mutating func readIdentifier128() throws(JSONError) -> UInt128 {
        let start = offset
        let text: ArraySlice<UInt8>
        switch try scanString() {
        case .plain(let range): text = bytes[range]
        case .escaped(let unescaped): text = unescaped[...]
        }
        guard text.count == 22, let value = UInt128(base64URL: text) else {
            throw JSONError(.notAnIdentifier, at: start)
        }
        return value
    }

    /// Reads an integer of magnitude at most 2^53 − 1.
    public mutating func readInteger() throws(JSONError) -> Int64 {
        let start = offset
        let negative = consume(0x2d)
        guard offset < bytes.count, isDigit(bytes[offset]) else {
            throw JSONError(negative ? .syntax : .notAnInteger, at: start)
        }
        var value = Int64(bytes[offset] - 0x30)
        offset += 1
        if value == 0 {
            if negative { throw JSONError(.negativeZero, at: start) }
            if offset < bytes.count, isDigit(bytes[offset]) {
                throw JSONError(.leadingZero, at: start)
            }
        } else {
            while offset < bytes.count, isDigit(bytes[offset]) {
                value = value * 10 + Int64(bytes[offset] - 0x30)
                guard value <= Self.numberLimit else { throw JSONError(.numberRange, at: start) }
                offset += 1
            }
        }
        if offset < bytes.count {
            switch bytes[offset] {
            case 0x2e: throw JSONError(.fraction, at: start)
            case 0x65, 0x45: throw JSONError(.exponent, at: start)
            default: break
            }
        }
        return negative ? -value : value
    }

    /// Reads `true` or `false`.
    public mutating func readBoolean() throws(JSONError) -> Bool {
        if consume(word: "true") { return true }
        if consume(word: "false") { return false }
        throw JSONError(.notABoolean, at: offset)
    }

    /// Whether the next value begins with this ASCII character.
    public func peeks(_ character: Unicode.Scalar) -> Bool {
        offset < bytes.count && bytes[offset] == UInt8(truncatingIfNeeded: character.value)
    }

    mutating func readNull() throws(JSONError) {
        guard consume(word: "null") else { throw JSONError(.syntax, at: offset) }
    }

    /// Requires that nothing but white space follows.
    public mutating func finish() throws(JSONError) {
        skipSpace()
        guard offset == bytes.count else { throw JSONError(.trailingBytes, at: offset) }
    }
}

extension JSONReader {
    private enum Text {
        case plain(Range<Int>)
        case escaped([UInt8])
    }

    private mutating func enter(_ opening: UInt8, _ reason: JSONError.Reason) throws(JSONError) {
        guard consume(opening) else {
            throw JSONError(offset < bytes.count ? reason : .syntax, at: offset)
        }
        depth += 1
        guard depth <= Self.depthLimit else { throw JSONError(.depth, at: offset - 1) }
        skipSpace()
    }

    private mutating func leave() {
        depth -= 1
    }

    private mutating func readName() throws(JSONError) -> JSONName {
        let start = offset
        guard peeks("\"") else { throw JSONError(.syntax, at: offset) }
        let name: JSONName
        switch try scanString() {
        case .plain(let range): name = JSONName(bytes: bytes, range: range, offset: start)
        case .escaped(let text): name = JSONName(bytes: text, range: 0..<text.count, offset: start)
        }
        skipSpace()
        guard consume(0x3a) else { throw JSONError(.syntax, at: offset) }
        skipSpace()
        return name
    }

    private mutating func scanString() throws(JSONError) -> Text {
        guard consume(0x22) else { throw JSONError(.notAString, at: offset) }
        let start = offset
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == 0x22 {
                offset += 1
                return .plain(start..<offset - 1)
            }
            if byte == 0x5c { return .escaped(try scanEscapes(from: start)) }
            guard byte >= 0x20 else { throw JSONError(.controlCharacter, at: offset) }
            offset += 1
        }
        throw JSONError(.syntax, at: offset)
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
        guard offset < bytes.count else { throw JSONError(.syntax, at: start) }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case 0x22, 0x5c, 0x2f: text.append(byte)
        case 0x62: text.append(0x08)
        case 0x66: text.append(0x0c)
        case 0x6e: text.append(0x0a)
        case 0x72: text.append(0x0d)
        case 0x74: text.append(0x09)
        case 0x75:
            var value = try scanHex(start)
            if (0xd800...0xdbff).contains(value) {
                guard offset + 1 < bytes.count, bytes[offset] == 0x5c, bytes[offset + 1] == 0x75
                else {
                    throw JSONError(.surrogate, at: start)
                }
                offset += 2
                let low = try scanHex(start)
                guard (0xdc00...0xdfff).contains(low) else {
                    throw JSONError(.surrogate, at: start)
                }
                value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(value) else { throw JSONError(.surrogate, at: start) }
            text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        default: throw JSONError(.syntax, at: start)
        }
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

    private mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0a, 0x0d: offset += 1
            default: return
            }
        }
    }

    private mutating func consume(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    private mutating func consume(word: StaticString) -> Bool {
        guard
            JSONName(
                bytes: bytes,
                range: offset..<min(bytes.count, offset + word.utf8CodeUnitCount),
                offset: offset
            ) == word
        else { return false }
        offset += word.utf8CodeUnitCount
        return true
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39
    }

    private static func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
        var high: UInt8 = 0
        for byte in bytes { high |= byte }
        if high < 0x80 || String(validating: bytes, as: UTF8.self) != nil { return nil }
        var low = 0
        var top = bytes.count
        // The shortest prefix that no continuation can mend ends at the first fault.
        while low < top {
            let middle = (low + top) / 2
            if isPrefixOfUTF8(bytes[...middle]) { low = middle + 1 } else { top = middle }
        }
        return min(low, bytes.count)
    }

    private static func isPrefixOfUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        for cut in 0...min(3, bytes.count)
        where String(validating: bytes.dropLast(cut), as: UTF8.self) != nil {
            let tail = bytes.suffix(cut)
            let endings: [[UInt8]] = [
                [], [0x80], [0x80, 0x80], [0x80, 0x80, 0x80], [0x90, 0x80, 0x80], [0xa0, 0x80],
            ]
            return endings.contains { String(validating: tail + $0, as: UTF8.self) != nil }
        }
        return false
    }
}

/// The name of a member, as it stands in the text or, if it had escapes, after they were resolved.
public struct JSONName: Sendable {
    let bytes: [UInt8]
    let range: Range<Int>
    /// The offset of the name in the text.
    public let offset: Int

    /// The name as a string.
    public var text: String { String(decoding: bytes[range], as: UTF8.self) }

    /// Whether the name is this one.
    ///
    /// Complexity: O(n).
    public static func == (name: JSONName, other: StaticString) -> Bool {
        let count = other.utf8CodeUnitCount
        guard name.range.count == count else { return false }
        let start = unsafe other.utf8Start
        for index in 0..<count
        where unsafe name.bytes[name.range.lowerBound + index] != start[index] {
            return false
        }
        return true
    }

    /// Lets a name be matched in a `switch`.
    public static func ~= (pattern: StaticString, name: JSONName) -> Bool {
        name == pattern
    }
}

extension UInt128 {
    /// The number that 22 characters of canonical base64url hold, big-endian, or nil.
    public init?(base64URL text: ArraySlice<UInt8>) {
        guard text.count == 22 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        var faults: UInt8 = 0
        var index = text.startIndex
        // 10 characters hold 60 bits, so two halves and two characters over make 132, of which four must be zero.
        for position in 0..<22 {
            let value = Self.values[Int(text[index])]
            faults |= value
            if position == 21 {
                guard value & 0x8f == 0 else { return nil }
                high = high << 2 | low >> 62
                low = low << 2 | UInt64(value >> 4)
            } else {
                high = high << 6 | low >> 58
                low = low << 6 | UInt64(value & 63)
            }
            index += 1
        }
        guard faults & 0x80 == 0 else { return nil }
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

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0x80, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        for (value, letter) in alphabet.utf8.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()
}
