extension XMLReader {
    /// Reads an end tag, which must close the innermost element.
    mutating func readEnd() throws(FormatError) -> String {
        let start = offset
        offset += 2
        let name = try readName()
        skipSpace()
        try expect(0x3e)
        guard let last = open.last, last.name.elementsEqual(name) else {
            let due = open.last.map { "</\($0.localName)> is due" } ?? "none is open"
            throw fault(.xmlMismatch, "this end tag closes no element; \(due)", at: start)
        }
        return close()
    }

    /// Reads a start tag or an empty element.
    mutating func readStart() throws(FormatError) -> XMLTag {
        let start = offset
        guard open.count < FormatLimits.xmlDepth else {
            throw fault(.xmlLimit, "deeper than \(FormatLimits.xmlDepth) elements")
        }
        offset += 1
        let name = try readName()
        let scope = namespaces.count
        let raw = try readAttributes()
        guard let namespace = namespaceName(of: name, isElement: true) else {
            throw fault(.xmlSyntax, "its prefix is not declared", at: start)
        }
        var attributes: [XMLTag.Attribute] = []
        for (name, value) in raw where !Self.isDeclaration(name) {
            guard namespaceName(of: name, isElement: false) != nil else {
                throw fault(.xmlSyntax, "a prefix of an attribute is not declared", at: start)
            }
            attributes.append(XMLTag.Attribute(name: Self.local(name), value: value))
        }
        let local = Self.local(name)
        open.append(Open(name: name, localName: local, scope: scope))
        if offset < bytes.count, bytes[offset] == 0x2f {
            offset += 1
            isEndDue = true
        }
        try expect(0x3e)
        return XMLTag(name: local, namespace: namespace, attributes: attributes, offset: start)
    }

    private mutating func readAttributes() throws(FormatError) -> [(ArraySlice<UInt8>, String)] {
        var attributes: [(name: ArraySlice<UInt8>, value: String)] = []
        while true {
            let hadSpace = skipSpace()
            guard offset < bytes.count else { throw fault(.xmlSyntax, "the tag does not end") }
            if bytes[offset] == 0x3e || bytes[offset] == 0x2f { return attributes }
            guard hadSpace else { throw fault(.xmlSyntax, "no space before an attribute") }
            let start = offset
            let name = try readName()
            guard !attributes.contains(where: { $0.name.elementsEqual(name) }) else {
                throw fault(.xmlSyntax, "an attribute stands there twice", at: start)
            }
            guard attributes.count < FormatLimits.xmlAttributeCount else {
                throw fault(.xmlLimit, "more than \(FormatLimits.xmlAttributeCount) attributes")
            }
            skipSpace()
            try expect(0x3d)
            skipSpace()
            let value = String(decoding: try readAttributeValue(), as: UTF8.self)
            if let prefix = Self.declaredPrefix(name) {
                namespaces.append((prefix: prefix, name: value))
            }
            attributes.append((name: name, value: value))
        }
    }

    /// The namespace of a name, an empty text for none, or nil if its prefix is not declared.
    private func namespaceName(of name: ArraySlice<UInt8>, isElement: Bool) -> String? {
        guard let colon = name.firstIndex(of: 0x3a) else {
            guard isElement else { return "" }
            return namespaces.last { $0.prefix.isEmpty }?.name ?? ""
        }
        let prefix = name[..<colon]
        if prefix.elementsEqual("xml".utf8) { return "http://www.w3.org/XML/1998/namespace" }
        return namespaces.last { $0.prefix.elementsEqual(prefix) }?.name
    }

    private static func isDeclaration(_ name: ArraySlice<UInt8>) -> Bool {
        declaredPrefix(name) != nil
    }

    /// The prefix that an attribute declares, empty for the default namespace, or nil.
    private static func declaredPrefix(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard name.starts(with: "xmlns".utf8) else { return nil }
        let rest = name.dropFirst(5)
        return rest.isEmpty ? rest : rest.first == 0x3a ? rest.dropFirst() : nil
    }

    private static func local(_ name: ArraySlice<UInt8>) -> String {
        let start = name.firstIndex(of: 0x3a).map { $0 + 1 } ?? name.startIndex
        return String(decoding: name[start...], as: UTF8.self)
    }

    /// Reads a name: ASCII letters, digits, `_`, `-`, `.`, and at most one colon inside.
    mutating func readName() throws(FormatError) -> ArraySlice<UInt8> {
        let start = offset
        var colons = 0
        while offset < bytes.count {
            let isFirst = offset == start || bytes[offset - 1] == 0x3a
            switch bytes[offset] {
            case 0x41...0x5a, 0x61...0x7a, 0x5f: break
            case 0x2d where !isFirst, 0x2e where !isFirst, 0x30...0x39 where !isFirst: break
            case 0x3a where !isFirst: colons += 1
            default:
                guard offset > start, !isFirst, colons <= 1 else {
                    throw fault(.xmlSyntax, "a name is due here")
                }
                return bytes[start..<offset]
            }
            offset += 1
            guard offset - start <= FormatLimits.xmlNameByteCount else {
                throw fault(.xmlLimit, "a name is too long", at: start)
            }
        }
        throw fault(.xmlSyntax, "the text ends in a name")
    }

    /// Passes white space; the answer is whether there was any.
    @discardableResult
    mutating func skipSpace() -> Bool {
        let start = offset
        while offset < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[offset]) { offset += 1 }
        return offset > start
    }

    /// Passes one ASCII character.
    mutating func expect(_ byte: UInt8) throws(FormatError) {
        guard offset < bytes.count, bytes[offset] == byte else {
            throw fault(.xmlSyntax, "`\(Character(Unicode.Scalar(byte)))` is due here")
        }
        offset += 1
    }
}
