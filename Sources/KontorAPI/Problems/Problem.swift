public import VerifiableLog

/// A problem as RFC 9457 tells it: `application/problem+json` (spec/19 §3).
///
/// `code` is stable: a `ProblemCode`, or the code of a `Rejection` of spec/13. Nothing of the
/// inside of a server is in it.
public struct Problem: Error, Sendable, Hashable {
    /// One fault of a refused submission, as the log signs it.
    public typealias Fault = SignedRefusal.Fault

    /// The HTTP status.
    public var status: Int
    /// The stable code.
    public var code: String
    /// What kind of problem it is, the same for every occurrence.
    public var title: String
    /// What is wrong here.
    public var detail: String
    /// Where: a header, a query member, a member of the payload; empty for the request as a whole.
    public var place: String
    /// What to do about it.
    public var wayOut: String
    /// The faults of a refused submission, in their order; else empty.
    public var faults: [Fault]
    /// The signed refusal of a submission, a compact JWS, or nil.
    public var refusal: String?

    /// A problem of its parts.
    public init(
        status: Int,
        code: String,
        title: String,
        detail: String,
        place: String = "",
        wayOut: String,
        faults: [Fault] = [],
        refusal: String? = nil
    ) {
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.place = place
        self.wayOut = wayOut
        self.faults = faults
        self.refusal = refusal
    }

    /// A problem of HTTP, at a place.
    public init(_ code: ProblemCode, at place: String = "", _ detail: String) {
        self.init(
            status: code.status,
            code: code.rawValue,
            title: code.title,
            detail: detail,
            place: place,
            wayOut: code.wayOut
        )
    }

    /// The prefix of the member `type`, before the code without its finer part.
    public static let typePrefix = "urn:kontor:problem:"

    /// The member `type`: a name, not an address.
    public var type: String { Self.typePrefix + (code.split(separator: ".").first ?? "") }
}

extension Problem: CustomStringConvertible {
    /// One line for people.
    public var description: String {
        "\(code)\(place.isEmpty ? "" : " at \(place)"): \(detail). \(wayOut)"
    }
}
