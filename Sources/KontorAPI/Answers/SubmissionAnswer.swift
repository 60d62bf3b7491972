public import Signing
public import VerifiableLog

/// What the service says to one submission: a line of an NDJSON answer, or the body of a single
/// one (spec/19 §4).
public enum SubmissionAnswer: Sendable {
    /// It took effect now.
    case accepted(Receipt)
    /// It took effect before; `stored` is the JWS in the log where its bytes differ.
    case known(Receipt, stored: String?)
    /// It took no effect.
    case refused(Problem)

    /// The HTTP status that says the same: 201, 200, or that of the problem.
    public var status: Int {
        switch self {
        case .accepted: 201
        case .known: 200
        case .refused(let problem): problem.status
        }
    }

    /// The answer as one JSON object; `line` is its place in a stream, from 1.
    public func json(line: Int? = nil) -> JSONValue {
        var members: [JSONMember] = []
        if let line { members.append(JSONMember(name: "line", value: .integer(Int64(line)))) }
        func add(_ name: String, _ value: JSONValue) {
            members.append(JSONMember(name: name, value: value))
        }
        switch self {
        case .accepted(let receipt):
            add("status", "accepted")
            add("receipt", receipt.json)
        case .known(let receipt, let stored):
            add("status", "known")
            add("receipt", receipt.json)
            if let stored { add("stored", .string(stored)) }
        case .refused(let problem):
            add("status", "refused")
            add("problem", problem.json())
        }
        return .object(members)
    }

    /// The text of `json(line:)`, at less cost for what took effect.
    public func text(line: Int? = nil) -> [UInt8] {
        guard case .accepted(let receipt) = self else { return json(line: line).text }
        var text: [UInt8] = []
        text.reserveCapacity(Self.usualByteCount)
        text.append(0x7b)
        if let line { text.append(contentsOf: "\"line\":\(line),".utf8) }
        text.append(contentsOf: "\"status\":\"accepted\",\"receipt\":".utf8)
        receipt.append(to: &text)
        text.append(0x7d)
        return text
    }

    /// What an answer with a receipt in a log of some millions of entries comes to.
    private static let usualByteCount = 2_560

    /// Reads an answer, and its line if it has one.
    public static func read(_ text: [UInt8]) throws(APIError) -> (answer: Self, line: Int?) {
        let reader = try APIObject(parsing: text)
        let line = try reader.optionalInteger("line").map { Int($0) }
        switch try reader.string("status") {
        case "accepted":
            return (.accepted(try receipt(reader)), line)
        case "known":
            let stored = try reader.optionalString("stored")
            return (.known(try receipt(reader), stored: stored), line)
        case "refused":
            guard let value = reader.optionalValue("problem") else {
                throw APIError(at: "problem", "it is missing")
            }
            return (.refused(try Problem(json: value)), line)
        default:
            throw APIError(at: "status", "it is accepted, known or refused")
        }
    }

    private static func receipt(_ reader: APIObject) throws(APIError) -> Receipt {
        guard let value = reader.optionalValue("receipt") else {
            throw APIError(at: "receipt", "it is missing")
        }
        do { return try Receipt(json: value) } catch {
            throw APIError(at: "receipt", "\(error)")
        }
    }
}
