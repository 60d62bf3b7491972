/// What a reader of XML meets next.
public enum XMLEvent: Hashable, Sendable {
    /// A start tag, or an empty element, which an end follows at once.
    case start(XMLTag)
    /// All character data up to the next tag, references resolved; never empty.
    case text(String)
    /// The end of the element that was opened last, by its local name.
    case end(String)
}

/// A start tag.
public struct XMLTag: Hashable, Sendable {
    /// An attribute; declarations of namespaces are none.
    public struct Attribute: Hashable, Sendable {
        /// The name without its prefix.
        public let name: String
        /// The value, references resolved.
        public let value: String
    }

    /// The name without its prefix.
    public let name: String
    /// The namespace of the element, or an empty text.
    public let namespace: String
    /// The attributes in the order of the text.
    public let attributes: [Attribute]
    /// The offset of the tag, in bytes of the text as UTF-8.
    public let offset: Int

    /// The value of the first attribute of a local name, or nil.
    public func attribute(_ name: String) -> String? {
        attributes.first { $0.name == name }?.value
    }
}
