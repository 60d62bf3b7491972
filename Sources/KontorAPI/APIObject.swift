internal import Signing

/// A JSON object whose members are read by name and type.
struct APIObject {
    private let value: JSONValue

    init(_ value: JSONValue) {
        self.value = value
    }

    /// Parses a text and requires an object; of at most these members, if some are given.
    ///
    /// What a server says may have members that a client does not know (spec/19 §1).
    init(parsing text: [UInt8], members known: [String]? = nil) throws(APIError) {
        do { value = try JSONValue(parsing: text) } catch {
            throw APIError(at: "byte \(error.offset)", "not strict JSON (\(error.reason.rawValue))")
        }
        guard case .object(let members) = value else {
            throw APIError(at: "value", "it is a JSON object")
        }
        guard let known else { return }
        for member in members where !known.contains(where: { $0.hasSameBytes(as: member.name) }) {
            throw APIError(at: member.name, "this member is unknown")
        }
    }

    func string(_ name: String) throws(APIError) -> String {
        guard let text = try optionalString(name) else { throw APIError(at: name, "it is missing") }
        return text
    }

    func optionalString(_ name: String) throws(APIError) -> String? {
        switch value[name] {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw APIError(at: name, "it is a string")
        }
    }

    func integer(_ name: String) throws(APIError) -> Int64 {
        guard let number = try optionalInteger(name) else {
            throw APIError(at: name, "it is missing")
        }
        return number
    }

    func optionalInteger(_ name: String) throws(APIError) -> Int64? {
        switch value[name] {
        case nil, .null?: return nil
        case .integer(let number)?: return number
        default: throw APIError(at: name, "it is an integer")
        }
    }

    func optionalValue(_ name: String) -> JSONValue? { value[name] }

    func list<Element>(
        _ name: String,
        _ read: (JSONValue) throws(APIError) -> Element
    ) throws(APIError) -> [Element]? {
        switch value[name] {
        case nil, .null?: return nil
        case .array(let elements)?:
            var list: [Element] = []
            for element in elements { list.append(try read(element)) }
            return list
        default: throw APIError(at: name, "it is an array")
        }
    }
}
