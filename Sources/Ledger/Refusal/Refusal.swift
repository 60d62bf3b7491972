/// One fault of a submission: its code, its place and its reason.
public struct Fault: Error, Hashable, Sendable {
    /// The stable code.
    public var rejection: Rejection
    /// The finer stable code of a format (a `JSONError.Reason`, a JWS fault), or nil.
    public var detail: String?
    /// The path of the member at fault, such as `items[3].credit`; empty for the submission as a
    /// whole.
    public var place: String
    /// What is wrong, in words and numbers.
    public var reason: String

    /// A fault at a place.
    public init(
        _ rejection: Rejection,
        detail: String? = nil,
        at place: String = "",
        _ reason: String
    ) {
        self.rejection = rejection
        self.detail = detail
        self.place = place
        self.reason = reason
    }

    /// The code and, if there is one, the finer code: `MalformedJSON.duplicateMember`.
    public var code: String {
        detail.map { "\(rejection.rawValue).\($0)" } ?? rejection.rawValue
    }

    /// The same fault, seen from one level further out: `credit` under `items[3]` is
    /// `items[3].credit`.
    func under(_ outer: String) -> Fault {
        var fault = self
        if place.isEmpty {
            fault.place = outer
        } else {
            fault.place = place.hasPrefix("[") ? outer + place : outer + "." + place
        }
        return fault
    }
}

extension Fault: CustomStringConvertible {
    /// One line for people: code, place, reason and way out.
    public var description: String {
        "\(code)\(place.isEmpty ? "" : " at \(place)"): \(reason). \(rejection.wayOut)"
    }
}

/// Why a submission took no effect: all its faults, at least one, in the order of its items.
public struct Refusal: Error, Hashable, Sendable {
    /// The faults, at least one.
    public var faults: [Fault]
    /// Where in the log it was judged: the index that it would have got, and the time.
    ///
    /// Nil where no sequencer was asked.
    public var judgedAt: Position?

    /// A refusal for some faults.
    public init(_ faults: [Fault]) {
        self.faults = faults
    }

    /// A refusal for one fault.
    public init(_ fault: Fault) {
        faults = [fault]
    }

    /// The first fault.
    public var first: Fault {
        faults.first ?? Fault(.invalidValue, "a refusal without a fault")
    }
}

extension Refusal: CustomStringConvertible {
    /// One line a fault.
    public var description: String {
        faults.map(\.description).joined(separator: "\n")
    }
}
