internal import Signing

extension JSONValue {
    /// The text of a string, or nil for any other value.
    var textValue: String? {
        if case .string(let text) = self { return text }
        return nil
    }
}
