internal import Foundation
public import Signing

/// A signed submission with an id of its own, ready to be sent, and to be sent again.
///
///     let submission = try Submission(
///         "transfers", ["terms": …, "items": […]],
///         by: "nordwind", in: ledger, key: key)
///     let result = try await client.submit(submission.jws)
///
/// Keep the JWS until its receipt is there: a new submission is a new transfer (spec/19 §4.4).
public struct Submission: Sendable, Hashable {
    /// The id, a UUIDv7 of the moment of signing.
    public let id: UUIDv7
    /// The compact JWS.
    public let jws: [UInt8]

    /// Signs the members of a kind of entry (spec/11).
    ///
    /// The ledger judges them; nothing is checked here but that they are an object.
    ///
    /// - Parameters:
    ///   - kind: the kind of the entry, such as `transfers`.
    ///   - members: the members that are the kind's own, an object.
    ///   - signer: the slug of the partner, auditor or operator that signs.
    ///   - ledger: the id of the ledger, as `KontorClient.ledger()` gives it.
    ///   - key: its registered key of use entries.
    /// - Throws: `submission` if the members are no object, or the clock is out of range.
    public init(
        _ kind: String,
        _ members: JSONValue,
        by signer: String,
        in ledger: Digest,
        key: PrivateKey
    ) throws(ClientError) {
        guard case .object(let own) = members else {
            throw ClientError(.submission, at: "members", "they are a JSON object")
        }
        let milliseconds = Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down))
        let made = UUIDv7(
            timestamp: Timestamp(milliseconds: milliseconds),
            high: UInt16.random(in: 0...UInt16.max),
            low: UInt64.random(in: 0...UInt64.max)
        )
        guard let made else {
            throw ClientError(.submission, at: "id", "the clock is out of range; set it right")
        }
        let head: [JSONMember] = [
            JSONMember(name: "ledger", value: .string(ledger.base64URL)),
            JSONMember(name: "kind", value: .string(kind)),
            JSONMember(name: "partner", value: .string(signer)),
            JSONMember(name: "id", value: .string(made.description)),
        ]
        id = made
        let payload = JSONValue.object(head + own).text
        jws = JWS(signing: payload, type: JWS.entryType, with: key).compact
    }
}
