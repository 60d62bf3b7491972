/// The loops of base64, on memory whose bounds the caller has made sure of, and their tables.
///
/// Encoding looks up two characters at a time by 12 bits. Decoding looks up each of four characters
/// in a table of its own, already shifted to its place, and collects faults in a bit that no value
/// reaches; it is tested at the end.
extension Base64 {
    /// Writes the text of some bytes to memory of exactly `encodedCount` bytes.
    func write(_ bytes: [UInt8], to text: UnsafeMutableBufferPointer<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe write($0, to: text) }
    }

    /// Writes the text of some bytes to memory of exactly `encodedCount` bytes.
    func write(
        _ bytes: UnsafeBufferPointer<UInt8>,
        to text: UnsafeMutableBufferPointer<UInt8>
    ) {
        let pairs = self == .url ? Self.urlPairs : Self.standardPairs
        unsafe pairs.withUnsafeBufferPointer { unsafe write(bytes, to: text, $0) }
    }

    private func write(
        _ bytes: UnsafeBufferPointer<UInt8>,
        to text: UnsafeMutableBufferPointer<UInt8>,
        _ pairs: UnsafeBufferPointer<UInt16>
    ) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        let whole = bytes.count / 3
        let target = UnsafeMutableRawPointer(text.baseAddress)
        guard let target = unsafe target, let table = pairs.baseAddress else { return }
        var done = 0
        // Six bytes make eight characters, as long as eight may be loaded.
        while done * 3 + 8 <= bytes.count {
            let from = unsafe UnsafeRawPointer(source + done * 3)
            let word = UInt64(bigEndian: unsafe from.loadUnaligned(as: UInt64.self))
            var eight: UInt64 = 0
            for place in 0..<4 {
                let pair = unsafe table[Int(word >> UInt64(52 - 12 * place) & 0xfff)]
                eight |= UInt64(pair) << UInt64(16 * place)
            }
            unsafe (target + done * 4).storeBytes(of: eight.littleEndian, as: UInt64.self)
            done += 2
        }
        for group in done..<whole {
            let from = unsafe source + group * 3
            let bits = unsafe Int(from[0]) << 16 | Int(from[1]) << 8 | Int(from[2])
            let four = unsafe UInt32(table[bits >> 12]) | UInt32(table[bits & 0xfff]) << 16
            unsafe (target + group * 4).storeBytes(of: four.littleEndian, as: UInt32.self)
        }
        let from = whole * 3
        guard from < bytes.count else { return }
        let second = unsafe from + 1 < bytes.count ? source[from + 1] : 0
        let bits = unsafe Int(source[from]) << 16 | Int(second) << 8
        let four = unsafe UInt32(table[bits >> 12]) | UInt32(table[bits & 0xfff]) << 16
        for place in 0..<text.count - whole * 4 {
            let isPadding = place > bytes.count - from
            let letter = UInt8(truncatingIfNeeded: four >> UInt32(8 * place))
            unsafe text[whole * 4 + place] = isPadding ? 0x3d : letter
        }
    }

    /// Writes the bytes of an unpadded text, of no 4n + 1 characters, to memory of exactly 3/4 of
    /// its count.
    ///
    /// The answer is whether the text is canonical; if it is not, the bytes written mean nothing.
    func read(
        _ text: UnsafeBufferPointer<UInt8>,
        to bytes: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        let values = self == .url ? Self.urlValues : Self.standardValues
        return unsafe values.withUnsafeBufferPointer { values in
            guard let table = values.baseAddress else { return false }
            return unsafe Self.read(text, to: bytes, table)
        }
    }

    private static func read(
        _ text: UnsafeBufferPointer<UInt8>,
        to bytes: UnsafeMutableBufferPointer<UInt8>,
        _ values: UnsafePointer<UInt32>
    ) -> Bool {
        guard let source = text.baseAddress, let start = bytes.baseAddress else {
            return text.isEmpty
        }
        let target = UnsafeMutableRawPointer(start)
        let whole = text.count / 4
        var faults: UInt32 = 0
        for group in 0..<whole {
            let from = unsafe source + group * 4
            let bits =
                unsafe values[Int(from[0])] | values[256 + Int(from[1])]
                | values[512 + Int(from[2])] | values[768 + Int(from[3])]
            faults |= bits
            // Four bytes are stored for three; the next group overwrites the fourth, so the last
            // stores singly.
            if group + 1 < whole {
                unsafe (target + group * 3).storeBytes(of: bits.littleEndian, as: UInt32.self)
            } else {
                for place in 0..<3 {
                    let byte = UInt8(truncatingIfNeeded: bits >> UInt32(8 * place))
                    unsafe bytes[group * 3 + place] = byte
                }
            }
        }
        let rest = text.count - whole * 4
        guard rest > 0 else { return faults & foreign == 0 }
        let from = unsafe source + whole * 4
        var bits = unsafe values[Int(from[0])] | values[256 + Int(from[1])]
        if rest == 3 { unsafe bits |= values[512 + Int(from[2])] }
        for place in 0..<rest - 1 {
            let byte = UInt8(truncatingIfNeeded: bits >> UInt32(8 * place))
            unsafe bytes[whole * 3 + place] = byte
        }
        // What the characters hold beyond the last whole byte must be zero, or there were two
        // spellings.
        return (faults | bits) & foreign == 0 && bits >> UInt32(8 * (rest - 1)) == 0
    }

    /// The bit of a foreign character, which no value reaches.
    private static let foreign: UInt32 = 0x8000_0000
    private static let letters = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8
    )
    private static let standardPairs = pairs(of: letters + Array("+/".utf8))
    private static let urlPairs = pairs(of: letters + Array("-_".utf8))
    private static let standardValues = values(of: letters + Array("+/".utf8))
    private static let urlValues = values(of: letters + Array("-_".utf8))

    /// The two characters of each number of 12 bits, the first one in the low byte.
    private static func pairs(of alphabet: [UInt8]) -> [UInt16] {
        (0..<4_096).map { UInt16(alphabet[$0 >> 6]) | UInt16(alphabet[$0 & 63]) << 8 }
    }

    /// For each of the four places in a group, what each character adds to the three bytes, the
    /// first one lowest.
    private static func values(of alphabet: [UInt8]) -> [UInt32] {
        var values = [UInt32](repeating: foreign, count: 1_024)
        for (value, letter) in alphabet.enumerated() {
            for place in 0..<4 {
                let bits = UInt32(value) << UInt32(18 - 6 * place)
                values[256 * place + Int(letter)] = bits.byteSwapped >> 8
            }
        }
        return values
    }
}
