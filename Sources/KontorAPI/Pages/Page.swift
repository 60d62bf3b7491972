public import Signing

/// One page of a list, and the cursor of the next (spec/19 §6).
public struct Page: Sendable, Hashable {
    /// The elements, objects in the order of the list.
    public let items: [JSONValue]
    /// What the next request gives as `cursor`, or nil at the end.
    public let next: String?

    /// A page.
    public init(items: [JSONValue], next: String?) {
        self.items = items
        self.next = next
    }

    /// The page as JSON.
    public var json: JSONValue {
        var members = [JSONMember(name: "items", value: .array(items))]
        if let next { members.append(JSONMember(name: "next", value: .string(next))) }
        return .object(members)
    }

    /// Reads a page.
    public init(parsing text: [UInt8]) throws(APIError) {
        let reader = try APIObject(parsing: text)
        guard let items = try reader.list("items", { (value) throws(APIError) in value }) else {
            throw APIError(at: "items", "it is missing")
        }
        self.init(items: items, next: try reader.optionalString("next"))
    }
}
