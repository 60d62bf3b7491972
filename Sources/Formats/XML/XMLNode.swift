/// An element with all that it holds.
struct XMLNode: Sendable {
    /// The name without its prefix.
    let name: String
    /// The attributes.
    let attributes: [XMLTag.Attribute]
    /// Its own character data, without white space at both ends.
    let text: String
    /// The elements in it, in their order.
    let children: [XMLNode]
    /// Where its start tag begins.
    let offset: Int

    /// The first child of a name, or nil.
    subscript(_ name: String) -> XMLNode? {
        children.first { $0.name == name }
    }

    /// The first element down a path of first children, or nil.
    func element(_ path: String...) -> XMLNode? {
        var node: XMLNode? = self
        for name in path { node = node?[name] }
        return node
    }

    /// The value of an attribute, or nil.
    func attribute(_ name: String) -> String? {
        attributes.first { $0.name == name }?.value
    }

    /// All children of a name.
    func all(_ name: String) -> [XMLNode] {
        children.filter { $0.name == name }
    }
}

extension XMLReader {
    /// Reads the rest of an element whose start tag was read, with at most so many elements in it.
    mutating func readNode(_ tag: XMLTag, limit: inout Int) throws(FormatError) -> XMLNode {
        var text = ""
        var children: [XMLNode] = []
        while let event = try next() {
            switch event {
            case .text(let piece): text += piece
            case .start(let child):
                limit -= 1
                guard limit >= 0 else {
                    throw fault(.xmlLimit, "an element holds too many others", at: tag.offset)
                }
                children.append(try readNode(child, limit: &limit))
            case .end:
                return XMLNode(
                    name: tag.name,
                    attributes: tag.attributes,
                    text: Self.trimmed(text),
                    children: children,
                    offset: tag.offset
                )
            }
        }
        throw fault(.xmlSyntax, "the text ends before the end of \(tag.name)")
    }

    /// Passes the rest of an element whose start tag was read.
    mutating func skipNode() throws(FormatError) {
        var depth = 1
        while depth > 0, let event = try next() {
            switch event {
            case .start: depth += 1
            case .end: depth -= 1
            case .text: break
            }
        }
    }

    private static func trimmed(_ text: String) -> String {
        var bytes = text.utf8[...]
        while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        return String(bytes) ?? text
    }
}
