extension JSONWalk {
    /// Reads a string, number, boolean or null; its text is appended if it is to be kept.
    mutating func scalar(
        _ bytes: [UInt8],
        into text: inout [UInt8],
        keeps: Bool
    ) throws(Fault) -> BookCell.Mark {
        switch bytes[offset] {
        case 0x22:
            try string(bytes, into: &text, keeps: keeps)
            return .quoted
        case 0x2d, 0x30...0x39:
            let start = offset
            try number(bytes)
            if keeps { text.append(contentsOf: bytes[start..<offset]) }
            return .number
        case 0x74: try word(bytes, "true", into: &text, keeps: keeps)
        case 0x66: try word(bytes, "false", into: &text, keeps: keeps)
        case 0x6e: try word(bytes, "null", into: &text, keeps: false)
        default: throw fault("no value begins like this")
        }
        return .plain
    }

    private mutating func word(
        _ bytes: [UInt8],
        _ word: String,
        into text: inout [UInt8],
        keeps: Bool
    ) throws(Fault) {
        for letter in word.utf8 {
            guard consume(bytes, letter) else { throw fault("no value begins like this") }
        }
        if keeps { text.append(contentsOf: word.utf8) }
    }

    /// Passes a number of RFC 8259 §6, which is kept as it is written.
    private mutating func number(_ bytes: [UInt8]) throws(Fault) {
        _ = consume(bytes, 0x2d)
        let start = offset
        try digits(bytes)
        guard bytes[start] != 0x30 || offset == start + 1 else {
            throw Fault(reason: "a number begins with 0", offset: start)
        }
        if consume(bytes, 0x2e) { try digits(bytes) }
        guard offset < end, bytes[offset] | 0x20 == 0x65 else { return }
        offset += 1
        if !consume(bytes, 0x2d) { _ = consume(bytes, 0x2b) }
        try digits(bytes)
    }

    private mutating func digits(_ bytes: [UInt8]) throws(Fault) {
        let start = offset
        while offset < end, bytes[offset] &- 0x30 < 10 { offset += 1 }
        guard offset > start else { throw fault("a digit is due") }
    }

    /// Reads a string, escapes resolved.
    mutating func string(
        _ bytes: [UInt8],
        into text: inout [UInt8],
        keeps: Bool
    ) throws(Fault) {
        let opening = offset
        offset += 1
        while offset < end {
            let byte = bytes[offset]
            if byte == 0x22 {
                offset += 1
                return
            }
            guard byte >= 0x20 else { throw fault("a control character stands in a string") }
            if byte == 0x5c {
                try escape(bytes, into: &text, keeps: keeps)
            } else {
                if keeps { text.append(byte) }
                offset += 1
            }
        }
        throw Fault(reason: "the string does not end", offset: opening)
    }

    private mutating func escape(
        _ bytes: [UInt8],
        into text: inout [UInt8],
        keeps: Bool
    ) throws(Fault) {
        let start = offset
        guard offset + 1 < end else { throw fault("the string does not end") }
        let letter = bytes[offset + 1]
        offset += 2
        let single: UInt8
        switch letter {
        case 0x22, 0x5c, 0x2f: single = letter
        case 0x62: single = 0x08
        case 0x66: single = 0x0c
        case 0x6e: single = 0x0a
        case 0x72: single = 0x0d
        case 0x74: single = 0x09
        case 0x75:
            let scalar = try unicode(bytes, start)
            if keeps { text.append(contentsOf: String(scalar).utf8) }
            return
        default: throw Fault(reason: "no escape of JSON", offset: start)
        }
        if keeps { text.append(single) }
    }

    private mutating func unicode(
        _ bytes: [UInt8],
        _ start: Int
    ) throws(Fault) -> Unicode.Scalar {
        var value = try hexadecimal(bytes, start)
        if (0xd800...0xdbff).contains(value) {
            guard consume(bytes, 0x5c), consume(bytes, 0x75) else {
                throw Fault(reason: "half of a pair of surrogates", offset: start)
            }
            let low = try hexadecimal(bytes, start)
            guard (0xdc00...0xdfff).contains(low) else {
                throw Fault(reason: "half of a pair of surrogates", offset: start)
            }
            value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)
        }
        guard let scalar = Unicode.Scalar(value) else {
            throw Fault(reason: "half of a pair of surrogates", offset: start)
        }
        return scalar
    }

    private mutating func hexadecimal(_ bytes: [UInt8], _ start: Int) throws(Fault) -> UInt32 {
        guard offset + 4 <= end else { throw Fault(reason: "no escape of JSON", offset: start) }
        var value: UInt32 = 0
        for byte in bytes[offset..<offset + 4] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: value = value << 4 | (UInt32(byte | 0x20) - 0x57)
            default: throw Fault(reason: "no escape of JSON", offset: start)
            }
        }
        offset += 4
        return value
    }
}
