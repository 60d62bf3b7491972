/// A cursor over one JSON text in strict I-JSON (RFC 7493, spec/02 §2), which pulls values and
/// builds no tree.
///
/// Escapes are read, so two spellings of a string are one value. Everything that two readers could
/// read differently is refused with a place: duplicate members, unpaired surrogates, numbers that
/// are not plain integers of at most 2^53 − 1, depth above eight, and anything after the value.
public struct JSONReader: Sendable {
    /// The deepest nesting that a payload may have.
    public static let depthLimit = 8
    /// The largest magnitude of a number: 2^53 − 1.
    public static let numberLimit: Int64 = 9_007_199_254_740_991

    let bytes: [UInt8]
    /// The offset of the next byte to read.
    public internal(set) var offset = 0
    private var depth = 0

    /// A reader at the start of a text, which must be UTF-8 throughout.
    ///
    /// Complexity: O(n).
    public init(_ bytes: [UInt8]) throws(JSONError) {
        self.bytes = bytes
        try Self.requireUTF8(bytes)
        skipSpace()
    }

    /// Reads an object: the body is called at each member's value and must read exactly that value.
    ///
    /// The body tells duplicates apart by itself (`MemberSet`), since it knows the names; a name
    /// that it does not know it refuses.
    @inlinable
    public mutating func readObject<Failure: Error>(
        _ failure: (JSONError) -> Failure,
        _ body: (inout JSONReader, JSONName) throws(Failure) -> Void
    ) throws(Failure) {
        do throws(JSONError) {
            guard try enter(0x7b, or: .notAnObject, until: 0x7d) else { return }
        } catch { throw failure(error) }
        while true {
            let name: JSONName
            do { name = try readName() } catch { throw failure(error) }
            try body(&self, name)
            do throws(JSONError) {
                guard try proceed(until: 0x7d) else { return }
            } catch { throw failure(error) }
        }
    }

    /// Reads an array: the body is called at each element with its position from 0.
    @inlinable
    public mutating func readArray<Failure: Error>(
        _ failure: (JSONError) -> Failure,
        _ body: (inout JSONReader, Int) throws(Failure) -> Void
    ) throws(Failure) {
        do throws(JSONError) {
            guard try enter(0x5b, or: .notAnArray, until: 0x5d) else { return }
        } catch { throw failure(error) }
        var index = 0
        while true {
            try body(&self, index)
            index += 1
            do throws(JSONError) {
                guard try proceed(until: 0x5d) else { return }
            } catch { throw failure(error) }
        }
    }

    /// Reads `true` or `false`.
    public mutating func readBoolean() throws(JSONError) -> Bool {
        if consume(word: "true") { return true }
        if consume(word: "false") { return false }
        throw typeFault(.notABoolean)
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
    /// Passes an opening bracket; the answer is whether anything stands before the closing one.
    @usableFromInline
    mutating func enter(
        _ opening: UInt8,
        or reason: JSONError.Reason,
        until closing: UInt8
    ) throws(JSONError) -> Bool {
        guard consume(opening) else { throw typeFault(reason) }
        depth += 1
        guard depth <= Self.depthLimit else { throw JSONError(.depth, at: offset - 1) }
        skipSpace()
        guard consume(closing) else { return true }
        depth -= 1
        return false
    }

    /// Passes a comma or the closing bracket; the answer is whether it was the comma.
    @usableFromInline
    mutating func proceed(until closing: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        if consume(0x2c) {
            skipSpace()
            return true
        }
        guard consume(closing) else { throw JSONError(.syntax, at: offset) }
        depth -= 1
        return false
    }

    @usableFromInline
    mutating func readName() throws(JSONError) -> JSONName {
        let start = offset
        guard peeks("\"") else { throw JSONError(.syntax, at: offset) }
        let name: JSONName
        switch try scanString() {
        case .plain(let range): name = JSONName(bytes.span, range, offset: start)
        case .escaped(let text): name = JSONName(text.span, offset: start)
        }
        skipSpace()
        guard consume(0x3a) else { throw JSONError(.syntax, at: offset) }
        skipSpace()
        return name
    }

    /// The fault of a value that is of another type, or of no type at all.
    func typeFault(_ reason: JSONError.Reason) -> JSONError {
        guard offset < bytes.count else { return JSONError(.syntax, at: offset) }
        switch bytes[offset] {
        case 0x22, 0x2d, 0x30...0x39, 0x5b, 0x7b: return JSONError(reason, at: offset)
        default:
            let isWord = startsWord("true") || startsWord("false") || startsWord("null")
            return JSONError(isWord ? reason : .syntax, at: offset)
        }
    }

    @inline(__always)
    mutating func skipSpace() {
        while offset < bytes.count, bytes[offset] <= 0x20 {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0a, 0x0d: offset += 1
            default: return
            }
        }
    }

    @inline(__always)
    mutating func consume(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    private mutating func consume(word: StaticString) -> Bool {
        guard startsWord(word) else { return false }
        offset += word.utf8CodeUnitCount
        return true
    }

    private func startsWord(_ word: StaticString) -> Bool {
        guard bytes.count - offset >= word.utf8CodeUnitCount else { return false }
        let range = offset..<offset + word.utf8CodeUnitCount
        return JSONName(bytes.span.extracting(range), offset: offset) == word
    }
}
