internal import Signing

extension EntryFrame {
    /// Parses the bytes of an entry.
    ///
    /// Throws `entryTooLong` or `entryMalformed` with the line at fault.
    ///
    /// Complexity: O(n).
    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= Self.byteLimit else { throw Self.tooLong(bytes.count) }
        var lines = LineReader(bytes)
        guard let version = lines.next(), version.elementsEqual("kontor/v1".utf8) else {
            throw Self.malformed("line 1", "it reads kontor/v1")
        }
        guard let text = lines.next(), let index = DecimalText.parse(text) else {
            throw Self.malformed("line 2", "it is the index in decimal without leading zeros")
        }
        guard let text = lines.next(), let time = Timestamp(ascii: text) else {
            throw Self.malformed("line 3", "it is a time like 2026-11-22T10:15:30.123Z")
        }
        guard let text = lines.next(), let hash = Base64.standard.decode(text),
            let previous = Digest(hash)
        else {
            throw Self.malformed("line 4", "it is a hash in 44 characters of standard base64")
        }
        guard bytes.last == 0x0a, lines.offset < bytes.count - 1 else {
            throw Self.malformed("line 5", "it is a JWS and ends with one line feed")
        }
        let jws = Array(bytes[lines.offset..<(bytes.count - 1)])
        try self.init(index: index, time: time, previous: previous, jws: jws)
    }

    /// Requires characters of base64url with exactly two dots among them; the parts are decoded
    /// where the JWS is read.
    ///
    /// The loops have no early exit and keep to bytes, so that the compiler takes many at once.
    static func check(_ jws: [UInt8]) throws(LogError) {
        var isForeign = false
        var dots = 0
        unsafe jws.withUnsafeBufferPointer { jws in
            var start = 0
            while start < jws.count {
                // So few that their dots can be counted in a byte.
                let end = min(jws.count, start + 128)
                var foreign: UInt8 = 0
                var dotsHere: UInt8 = 0
                for index in start..<end {
                    let byte = unsafe jws[index]
                    let isLetter: UInt8 = (byte | 0x20) &- 0x61 < 26 ? 1 : 0
                    let isDigit: UInt8 = byte &- 0x30 < 10 ? 1 : 0
                    let isMark: UInt8 = byte == 0x2d ? 1 : 0
                    let isLine: UInt8 = byte == 0x5f ? 1 : 0
                    let isDot: UInt8 = byte == 0x2e ? 1 : 0
                    foreign |= 1 ^ (isLetter | isDigit | isMark | isLine | isDot)
                    dotsHere &+= isDot
                }
                isForeign = isForeign || foreign != 0
                dots += Int(dotsHere)
                start = end
            }
        }
        guard !isForeign, dots == 2 else {
            throw malformed("line 5", "a compact JWS has base64url characters and two dots only")
        }
    }

    static func malformed(_ place: String, _ reason: String) -> LogError {
        LogError(.entryMalformed, at: "entry, \(place)", reason)
    }

    static func tooLong(_ count: Int) -> LogError {
        LogError(.entryTooLong, at: "entry", "\(count) bytes; 65535 fit, so sign fewer items")
    }
}
