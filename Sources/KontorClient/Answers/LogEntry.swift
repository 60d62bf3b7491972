internal import KontorAPI
public import Signing
public import VerifiableLog

/// An entry of the log, whose place in the tree is verified.
public struct LogEntry: Sendable, Hashable {
    /// Index, time, hash of the entry before, and the JWS.
    public let frame: EntryFrame
    /// The leaf hash.
    public let leafHash: Digest
    /// The kind of the entry (spec/11 §1).
    public let kind: String
    /// Who signed it.
    public let partner: String
    /// The id of the submission.
    public let id: UUIDv7
    /// The decoded payload.
    public let payload: [UInt8]

    /// Reads an entry object of spec/19 §6, and requires that its hash and its members are those
    /// of its JWS; its place in the tree is not looked at here.
    ///
    /// Throws `answer` or `unverified`.
    init(claimed value: JSONValue, at path: String) throws(ClientError) {
        func malformed(_ member: String) -> ClientError {
            ClientError(.answer, at: "\(path), \(member)", "it is no entry object of spec/19 §6")
        }
        func text(_ member: String) throws(ClientError) -> String {
            guard case .string(let text)? = value[member] else { throw malformed(member) }
            return text
        }
        guard case .integer(let number)? = value["index"], let index = UInt64(exactly: number)
        else { throw malformed("index") }
        guard let time = Timestamp(try text("time")) else { throw malformed("time") }
        guard let previous = Digest(try text("prev"), as: .standard) else {
            throw malformed("prev")
        }
        guard let stated = Digest(try text("leafHash"), as: .standard) else {
            throw malformed("leafHash")
        }
        guard let id = UUIDv7(try text("id")) else { throw malformed("id") }
        let jws = Array(try text("jws").utf8)
        frame = try ClientError.verifying { () throws(LogError) in
            try EntryFrame(index: index, time: time, previous: previous, jws: jws)
        }
        leafHash = frame.leafHash
        kind = try text("kind")
        partner = try text("partner")
        self.id = id
        guard let parsed = try? JWS(parsing: jws) else { throw malformed("jws") }
        payload = parsed.payload
        try requireMembers(stated, at: path)
    }

    private func requireMembers(_ stated: Digest, at path: String) throws(ClientError) {
        guard stated == leafHash else {
            throw ClientError(
                .unverified,
                at: "\(path), leafHash",
                "the entry rebuilt from its members hashes to \(leafHash.base64)"
            )
        }
        let members = try? JSONValue(parsing: payload)
        for (name, text) in [("kind", kind), ("partner", partner), ("id", id.description)] {
            guard members?[name] == .string(text) else {
                throw ClientError(
                    .unverified,
                    at: "\(path), \(name)",
                    "it is not what the payload of the entry says"
                )
            }
        }
    }
}
