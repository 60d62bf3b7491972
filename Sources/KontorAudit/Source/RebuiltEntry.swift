public import KontorStorage
public import Signing
public import VerifiableLog

/// An entry that was made again from the parts that a store keeps of it, and its place in the
/// chain.
///
/// The store keeps neither `prev` nor the text of the JWS: the first is the leaf hash of the entry
/// before, the second is determined by its parts. So a changed part changes the leaf hash of its
/// entry and of all that follow.
///
/// It is shared, not copied, on its way through an audit.
public final class RebuiltEntry: Sendable {
    /// The frame.
    public let frame: EntryFrame
    /// Its leaf hash.
    public let leaf: Digest
    /// The JWS of the frame.
    public let jws: JWS
    /// The signer that the store noted beside the entry.
    public let submitter: String
    /// The id that the store noted beside the entry.
    public let id: UInt128

    /// Makes an entry again, after the entry of a leaf hash.
    ///
    /// Throws the fault of a part that no entry can have.
    ///
    /// Complexity: O(n).
    public init(_ stored: StoredEntry, previous: Digest) throws(AuditFault) {
        do {
            jws = try JWS(
                header: stored.header,
                payload: stored.payload,
                signature: stored.signature
            )
        } catch {
            throw AuditFault(
                index: stored.index,
                place: "jws",
                code: "MalformedJWS.\(error.code.rawValue)",
                reason: error.description
            )
        }
        do {
            frame = try EntryFrame(
                index: stored.index,
                time: stored.time,
                previous: previous,
                encoding: jws
            )
        } catch {
            throw AuditFault(error, index: stored.index)
        }
        leaf = frame.leafHash
        submitter = stored.submitter
        id = stored.id
    }
}
