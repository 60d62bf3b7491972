/// Writes XML in UTF-8: an element a line, two spaces a level, everything escaped.
public struct XMLWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8]
    private var open: [String] = []

    /// A writer that has written the declaration.
    public init() {
        bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
    }

    /// Writes a start tag and goes one level deeper.
    public mutating func open(_ name: String, _ attributes: [(name: String, value: String)] = []) {
        startTag(name, attributes)
        bytes.append(0x0a)
        open.append(name)
    }

    /// Writes the end tag of the innermost element.
    public mutating func close() {
        guard let name = open.popLast() else { return }
        indent()
        bytes.append(contentsOf: "</\(name)>\n".utf8)
    }

    /// Writes an element that holds a text.
    public mutating func element(
        _ name: String,
        _ text: String,
        _ attributes: [(name: String, value: String)] = []
    ) {
        startTag(name, attributes)
        Self.escape(text, to: &bytes)
        bytes.append(contentsOf: "</\(name)>\n".utf8)
    }

    /// Writes elements inside of one that holds nothing else.
    public mutating func group(_ name: String, _ body: (inout XMLWriter) -> Void) {
        open(name)
        body(&self)
        close()
    }

    private mutating func startTag(_ name: String, _ attributes: [(name: String, value: String)]) {
        indent()
        bytes.append(0x3c)
        bytes.append(contentsOf: name.utf8)
        for attribute in attributes {
            bytes.append(contentsOf: " \(attribute.name)=\"".utf8)
            Self.escape(attribute.value, to: &bytes)
            bytes.append(0x22)
        }
        bytes.append(0x3e)
    }

    private mutating func indent() {
        bytes.append(contentsOf: repeatElement(0x20, count: 2 * open.count))
    }

    /// Appends a text so that it means itself in content and in values, in XML and in HTML.
    ///
    /// A control character that XML does not allow becomes U+FFFD.
    ///
    /// Complexity: O(n).
    public static func escape(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case 0x26: bytes.append(contentsOf: "&amp;".utf8)
            case 0x3c: bytes.append(contentsOf: "&lt;".utf8)
            case 0x3e: bytes.append(contentsOf: "&gt;".utf8)
            case 0x22: bytes.append(contentsOf: "&quot;".utf8)
            case 0x27: bytes.append(contentsOf: "&#39;".utf8)
            case 0x09: bytes.append(contentsOf: "&#9;".utf8)
            case 0x0a: bytes.append(contentsOf: "&#10;".utf8)
            case 0x0d: bytes.append(contentsOf: "&#13;".utf8)
            case ..<0x20: bytes.append(contentsOf: "\u{fffd}".utf8)
            default: bytes.append(byte)
            }
        }
    }
}
