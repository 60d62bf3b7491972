extension XMLReader {
    /// Reads character data up to the next tag or the end, through comments and CDATA.
    mutating func readText() throws(FormatError) -> [UInt8] {
        var text: [UInt8] = []
        let start = offset
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == 0x3c {
                guard try readSection(into: &text) else { break }
            } else if byte == 0x26 {
                try readReference(into: &text)
            } else if byte == 0x5d, starts("]]>") {
                throw fault(.xmlSyntax, "`]]>` stands in text")
            } else {
                readCharacter(into: &text, isAttribute: false)
            }
            guard text.count <= FormatLimits.xmlTextByteCount else {
                throw fault(.xmlLimit, "a text is too long", at: start)
            }
        }
        return text
    }

    /// Reads a comment or CDATA; false if a tag begins.
    private mutating func readSection(into text: inout [UInt8]) throws(FormatError) -> Bool {
        if starts("<!--") {
            try passComment()
            return true
        }
        if starts("<![CDATA[") {
            guard !open.isEmpty else {
                throw fault(.xmlSyntax, "CDATA outside of the root element")
            }
            try readCharacterData(into: &text)
            return true
        }
        let wayOut = "have the sender leave it out; what it refers to is never fetched"
        if starts("<!") {
            throw fault(.xmlForbidden, "a document type or declaration is not read", wayOut: wayOut)
        }
        if starts("<?") {
            throw fault(.xmlForbidden, "a processing instruction is not read", wayOut: wayOut)
        }
        return false
    }

    private mutating func passComment() throws(FormatError) {
        let start = offset
        offset += 4
        while offset < bytes.count {
            if starts("--") {
                guard starts("-->") else { throw fault(.xmlSyntax, "`--` stands in a comment") }
                offset += 3
                return
            }
            offset += 1
        }
        throw fault(.xmlSyntax, "the comment does not end", at: start)
    }

    private mutating func readCharacterData(into text: inout [UInt8]) throws(FormatError) {
        let start = offset
        offset += 9
        while offset < bytes.count {
            if starts("]]>") {
                offset += 3
                return
            }
            readCharacter(into: &text, isAttribute: false)
            guard text.count <= FormatLimits.xmlTextByteCount else {
                throw fault(.xmlLimit, "a text is too long", at: start)
            }
        }
        throw fault(.xmlSyntax, "the CDATA section does not end", at: start)
    }

    /// Reads a value in quotes.
    mutating func readAttributeValue() throws(FormatError) -> [UInt8] {
        let start = offset
        guard offset < bytes.count, bytes[offset] == 0x22 || bytes[offset] == 0x27 else {
            throw fault(.xmlSyntax, "a value in quotes is due here")
        }
        let quote = bytes[offset]
        offset += 1
        var text: [UInt8] = []
        while offset < bytes.count {
            switch bytes[offset] {
            case quote:
                offset += 1
                return text
            case 0x3c: throw fault(.xmlSyntax, "`<` stands in a value")
            case 0x26: try readReference(into: &text)
            default: readCharacter(into: &text, isAttribute: true)
            }
            guard text.count <= FormatLimits.xmlTextByteCount else {
                throw fault(.xmlLimit, "a value is too long", at: start)
            }
        }
        throw fault(.xmlSyntax, "the value does not end", at: start)
    }

    /// Reads one byte; line ends become LF, and in a value white space becomes a space.
    private mutating func readCharacter(into text: inout [UInt8], isAttribute: Bool) {
        var byte = bytes[offset]
        offset += 1
        if byte == 0x0d {
            if offset < bytes.count, bytes[offset] == 0x0a { offset += 1 }
            byte = 0x0a
        }
        text.append(isAttribute && (byte == 0x0a || byte == 0x09) ? 0x20 : byte)
    }

    private static let entities: [(name: StaticString, byte: UInt8)] = [
        ("&amp;", 0x26), ("&lt;", 0x3c), ("&gt;", 0x3e), ("&quot;", 0x22), ("&apos;", 0x27),
    ]

    /// Reads one of the five entities, or a character by its number.
    private mutating func readReference(into text: inout [UInt8]) throws(FormatError) {
        for entity in Self.entities where starts(entity.name) {
            offset += entity.name.utf8CodeUnitCount
            text.append(entity.byte)
            return
        }
        let start = offset
        guard starts("&#") else {
            throw fault(.xmlEntity, "this reference is none of the five entities")
        }
        offset += 2
        let isHexadecimal = offset < bytes.count && bytes[offset] == 0x78
        if isHexadecimal { offset += 1 }
        var value: UInt32 = 0
        var count = 0
        while offset < bytes.count, count < 8,
            let digit = Self.digit(bytes[offset], isHexadecimal: isHexadecimal)
        {
            value = value * (isHexadecimal ? 16 : 10) + digit
            count += 1
            offset += 1
        }
        guard count > 0, offset < bytes.count, bytes[offset] == 0x3b else {
            throw fault(.xmlEntity, "a character reference is not `&#` digits `;`", at: start)
        }
        offset += 1
        guard let scalar = Unicode.Scalar(value), XMLText.isCharacter(scalar) else {
            throw fault(.xmlCharacter, "XML allows no character \(value)", at: start)
        }
        text.append(contentsOf: String(scalar).utf8)
    }

    private static func digit(_ byte: UInt8, isHexadecimal: Bool) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte - 0x30)
        case 0x41...0x46 where isHexadecimal: UInt32(byte - 0x41 + 10)
        case 0x61...0x66 where isHexadecimal: UInt32(byte - 0x61 + 10)
        default: nil
        }
    }
}
