internal import Signing

/// A strict pull reader of XML 1.0 without a document type: elements, attributes, character data,
/// CDATA, comments, the five entities and character references.
///
/// A DOCTYPE is refused, and so are processing instructions but the declaration: there is nothing
/// to fetch and nothing that grows. Names are ASCII and given by their local part; prefixes must be
/// declared. Depth, attributes, names and texts have limits (`FormatLimits`). The text is UTF-8;
/// ISO-8859-1 is converted where the declaration says so.
public struct XMLReader: Sendable {
    /// An element that is open.
    struct Open: Sendable {
        /// The name with its prefix, as bytes.
        var name: ArraySlice<UInt8>
        var localName: String
        /// How many declarations of namespaces were in force outside.
        var scope: Int
    }

    /// The part that faults name.
    let file: String
    /// The text as UTF-8.
    let bytes: [UInt8]
    /// The offset of the next byte to read.
    var offset = 0
    var open: [Open] = []
    /// Prefixes and their namespaces, the innermost last.
    var namespaces: [(prefix: ArraySlice<UInt8>, name: String)] = []
    private var hasRoot = false
    /// Whether the last tag was an empty element, whose end is due.
    var isEndDue = false

    /// A reader at the start of a text; faults name its part.
    ///
    /// Complexity: O(n).
    public init(_ bytes: [UInt8], file: String = "xml") throws(FormatError) {
        self.file = file
        self.bytes = try XMLText.utf8(bytes, file: file)
        guard self.bytes.contains(where: { $0 > 0x20 }) else {
            throw FormatError(.empty, in: file, "there is nothing", wayOut: "give the whole file")
        }
        offset = try XMLText.declarationEnd(self.bytes, file: file)
    }

    /// The next event, or nil after the end of the root element, when nothing but white space and
    /// comments follows.
    public mutating func next() throws(FormatError) -> XMLEvent? {
        if isEndDue {
            isEndDue = false
            return .end(close())
        }
        let text = try readText()
        if !text.isEmpty {
            guard open.isEmpty else { return .text(String(decoding: text, as: UTF8.self)) }
            guard text.allSatisfy({ $0 <= 0x20 }) else {
                throw fault(.xmlSyntax, "text stands outside of the root element")
            }
        }
        guard offset < bytes.count else {
            guard open.isEmpty, hasRoot else {
                let name = open.last?.localName ?? "the root element"
                throw fault(.xmlSyntax, "the text ends before the end of \(name)")
            }
            return nil
        }
        if starts("</") { return .end(try readEnd()) }
        guard !(hasRoot && open.isEmpty) else {
            throw fault(.xmlSyntax, "a second root element")
        }
        hasRoot = true
        return .start(try readStart())
    }

    /// The line and the character of an offset, both from 1.
    ///
    /// Complexity: O(offset).
    public func place(of offset: Int) -> (line: Int, column: Int) {
        let place = TextPlace(of: offset, in: bytes)
        return (place.line, place.column)
    }

    /// A fault at an offset, the current one if none is given.
    func fault(
        _ code: FormatError.Code,
        _ reason: String,
        wayOut: String = "have the sender write well-formed XML, and give the whole file",
        at position: Int? = nil
    ) -> FormatError {
        let place = TextPlace(of: position ?? offset, in: bytes)
        return FormatError(
            code,
            in: file,
            line: place.line,
            column: place.column,
            reason,
            wayOut: wayOut
        )
    }

    /// Whether the rest begins with an ASCII text.
    func starts(_ text: StaticString) -> Bool {
        guard bytes.count - offset >= text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { unsafe $0.elementsEqual(bytes[offset..<offset + $0.count]) }
    }

    /// Leaves the innermost element.
    mutating func close() -> String {
        guard let last = open.popLast() else { Invariant.failed("no element is open") }
        namespaces.removeLast(namespaces.count - last.scope)
        return last.localName
    }
}
