/// A text from the wire that is not what the spec says, and the member at fault.
public struct APIError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The member at fault, or the text as a whole.
    public let place: String
    /// What is wrong.
    public let reason: String

    /// A fault at a place.
    public init(at place: String, _ reason: String) {
        self.place = place
        self.reason = reason
    }

    /// Place and reason.
    public var description: String { "\(place): \(reason)" }
}
