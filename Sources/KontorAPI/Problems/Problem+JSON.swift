public import Signing
internal import VerifiableLog

extension Problem {
    /// The media type of a problem.
    public static let mediaType = "application/problem+json"

    /// The problem as JSON, members in their fixed order; empty ones are left out.
    public func json(requestID: String? = nil) -> JSONValue {
        var members: [JSONMember] = [
            JSONMember(name: "type", value: .string(type)),
            JSONMember(name: "title", value: .string(title)),
            JSONMember(name: "status", value: .integer(Int64(status))),
            JSONMember(name: "code", value: .string(code)),
            JSONMember(name: "detail", value: .string(detail)),
        ]
        func add(_ name: String, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            members.append(JSONMember(name: name, value: .string(value)))
        }
        add("place", place)
        add("wayOut", wayOut)
        if !faults.isEmpty {
            members.append(JSONMember(name: "faults", value: .array(faults.map(\.json))))
        }
        add("refusal", refusal)
        add("requestId", requestID)
        return .object(members)
    }

    /// Reads a problem; members that this version does not know are passed over, as RFC 9457 §3.2
    /// asks.
    ///
    /// Throws the name of the member at fault.
    public init(json value: JSONValue) throws(APIError) {
        let reader = APIObject(value)
        self.init(
            status: Int(try reader.integer("status")),
            code: try reader.string("code"),
            title: try reader.string("title"),
            detail: try reader.optionalString("detail") ?? "",
            place: try reader.optionalString("place") ?? "",
            wayOut: try reader.optionalString("wayOut") ?? "",
            faults: try reader.list("faults", Self.fault) ?? [],
            refusal: try reader.optionalString("refusal")
        )
    }

    private static func fault(_ value: JSONValue) throws(APIError) -> Fault {
        do { return try Fault(json: value) } catch {
            throw APIError(at: error.place, error.reason)
        }
    }
}
