internal import Signing

/// Finds bytes that the declared encoding does not have, or that another one must have written
/// (spec/26 §2).
struct EncodingCheck {
    let encoding: BookEncoding

    /// A byte that has no place there, and why.
    struct Finding {
        var offset: Int
        var reason: String
    }

    /// The first byte of a range that is at fault, or nil.
    ///
    /// Complexity: O(n).
    func finding(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Finding? {
        encoding.isUTF8 ? utf8Finding(bytes, start, end) : singleFinding(bytes, start, end)
    }

    /// What stands at the start of a file and tells another encoding, or nil.
    func startFinding(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
            return "the file is UTF-16, which is not read"
        }
        let hasMark = bytes.starts(with: [0xef, 0xbb, 0xbf])
        if hasMark, encoding != .utf8Marked {
            return "the file begins with the byte order mark of UTF-8, "
                + "and the mapping declares \(encoding.rawValue)"
        }
        if !hasMark, encoding == .utf8Marked {
            return "the file has no byte order mark, and the mapping declares UTF-8-BOM"
        }
        return nil
    }

    private func utf8Finding(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Finding? {
        do {
            _ = try UTF8Span(validating: bytes.span.extracting(start..<end))
            return nil
        } catch {
            let offset = start + error.byteOffsets.lowerBound
            let byte = bytes[offset]
            let guess = BookEncoding.windows1252.scalar(byte).map { "; Windows-1252 has \"\($0)\"" }
            return Finding(
                offset: offset,
                reason: "byte 0x\(Self.hex(byte)) is no part of a character of UTF-8"
                    + (guess ?? "")
            )
        }
    }

    private func singleFinding(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Finding? {
        for offset in start..<end where bytes[offset] >= 0x80 {
            let byte = bytes[offset]
            guard encoding.scalar(byte) != nil else {
                return Finding(
                    offset: offset,
                    reason: "byte 0x\(Self.hex(byte)) is no character of \(encoding.rawValue)"
                )
            }
            let next = offset + 1 < end ? bytes[offset + 1] : 0
            let isPair = (byte == 0xc2 || byte == 0xc3) && (0x80...0xbf).contains(next)
            let isTriple = byte == 0xe2 && offset + 2 < end && next == 0x82
            if isPair || isTriple && bytes[offset + 2] == 0xac {
                return Finding(
                    offset: offset,
                    reason: "bytes 0x\(Self.hex(byte)) 0x\(Self.hex(next)) are a character of UTF-8"
                        + ", and the mapping declares \(encoding.rawValue)"
                )
            }
        }
        return nil
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
