/// The encoding and the declaration of an XML text.
enum XMLText {
    /// The text as UTF-8 without a byte order mark, every character allowed.
    ///
    /// Complexity: O(n).
    static func utf8(_ bytes: [UInt8], file: String) throws(FormatError) -> [UInt8] {
        guard bytes.count <= FormatLimits.fileByteCount else {
            throw FormatError(
                .tooLarge,
                in: file,
                "it has \(bytes.count) bytes, at most \(FormatLimits.fileByteCount) are read",
                wayOut: "give it in parts"
            )
        }
        var text = bytes
        if text.starts(with: [0xef, 0xbb, 0xbf]) { text.removeFirst(3) }
        switch try declaredEncoding(text, file: file) {
        case "utf-8", "us-ascii": break
        case "iso-8859-1": text = latin(text)
        case let name:
            throw fault(.encoding, file, text, 0, "the encoding \"\(name)\" is not read")
        }
        do {
            _ = try UTF8Span(validating: text.span)
        } catch {
            throw fault(
                .encoding,
                file,
                text,
                error.byteOffsets.lowerBound,
                "these bytes are not UTF-8"
            )
        }
        try requireCharacters(text, file: file)
        return text
    }

    /// The offset behind the declaration, 0 if there is none.
    static func declarationEnd(_ text: [UInt8], file: String) throws(FormatError) -> Int {
        guard let declaration = declaration(of: text) else { return 0 }
        guard value(of: "version", in: declaration)?.elementsEqual("1.0".utf8) == true else {
            throw fault(.xmlSyntax, file, text, 0, "the declaration does not say version 1.0")
        }
        return declaration.endIndex + 2
    }

    /// Whether XML 1.0 allows a character.
    static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0a, 0x0d: true
        case 0..<0x20, 0xfffe, 0xffff: false
        default: true
        }
    }

    /// What stands between `<?xml` and `?>` at the very start, or nil.
    private static func declaration(of text: [UInt8]) -> ArraySlice<UInt8>? {
        guard text.starts(with: "<?xml".utf8), text.count > 5, text[5] <= 0x20 else { return nil }
        var end = 5
        while end + 1 < min(text.count, 256) {
            if text[end] == 0x3f, text[end + 1] == 0x3e { return text[5..<end] }
            end += 1
        }
        return nil
    }

    private static func declaredEncoding(
        _ text: [UInt8],
        file: String
    ) throws(FormatError) -> String {
        for mark in [[0xfe, 0xff], [0xff, 0xfe], [0x00, 0x3c], [0x3c, 0x00]] as [[UInt8]]
        where text.starts(with: mark) {
            throw fault(.encoding, file, text, 0, "UTF-16 and UTF-32 are not read")
        }
        guard let declaration = declaration(of: text),
            let name = value(of: "encoding", in: declaration)
        else { return "utf-8" }
        return String(decoding: name, as: UTF8.self).lowercased()
    }

    /// The value of a member of the declaration, or nil.
    private static func value(
        of name: String,
        in declaration: ArraySlice<UInt8>
    ) -> ArraySlice<UInt8>? {
        var rest = declaration
        while let equals = rest.firstIndex(of: 0x3d) {
            let word = rest[..<equals].split { $0 <= 0x20 }.last
            var tail = rest[(equals + 1)...].drop { $0 <= 0x20 }
            guard let quote = tail.popFirst(), quote == 0x22 || quote == 0x27,
                let end = tail.firstIndex(of: quote)
            else { return nil }
            if word?.elementsEqual(name.utf8) == true { return tail[..<end] }
            rest = tail[(end + 1)...]
        }
        return nil
    }

    private static func latin(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        for byte in bytes {
            if byte < 0x80 {
                text.append(byte)
            } else {
                text.append(0xc0 | byte >> 6)
                text.append(0x80 | byte & 0x3f)
            }
        }
        return text
    }

    /// Refuses control characters, and the two that no text may hold.
    private static func requireCharacters(_ text: [UInt8], file: String) throws(FormatError) {
        for offset in text.indices {
            let byte = text[offset]
            if byte >= 0x20, byte != 0xef { continue }
            if byte == 0x09 || byte == 0x0a || byte == 0x0d { continue }
            if byte == 0xef, !(text[offset + 1] == 0xbf && text[offset + 2] >= 0xbe) { continue }
            throw fault(.xmlCharacter, file, text, offset, "XML does not allow this character")
        }
    }

    private static func fault(
        _ code: FormatError.Code,
        _ file: String,
        _ text: [UInt8],
        _ offset: Int,
        _ reason: String
    ) -> FormatError {
        let place = TextPlace(of: offset, in: text)
        return FormatError(
            code,
            in: file,
            line: place.line,
            column: place.column,
            reason,
            wayOut: "have the sender write XML 1.0 in UTF-8"
        )
    }
}
