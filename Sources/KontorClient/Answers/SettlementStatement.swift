internal import KontorAPI
public import Signing
internal import VerifiableLog

/// The statement of one participant of a settlement, whose leaf is proven to stand under the root
/// that the log's `settlement.calculate` states (spec/20 §9).
public struct SettlementStatement: Sendable, Hashable {
    /// The id of the settlement, `target/12/multilateral/EUR/1`.
    public let settlement: String
    /// 0, or 1 after the recalculation.
    public let revision: Int64
    /// Whose statement it is.
    public let partner: String
    /// The bytes of the leaf; its lines are those of spec/20 §9.
    public let leaf: [UInt8]
    /// SHA-256(0x00 ‖ leaf), which a confirmation names.
    public let leafHash: Digest
    /// The root over all statements of the settlement.
    public let root: Digest
    /// The entry that states the root.
    public let entry: UInt64

    /// How many statements the settlement has.
    let count: UInt64

    /// Reads a statement of spec/19 §6.4, and requires that its leaf is of this settlement and
    /// partner, has the stated hash, and leads to the stated root.
    ///
    /// Whether the log states that root is for the caller to check. Throws `answer` or
    /// `unverified`.
    init(
        claimed value: JSONValue,
        of settlement: String,
        for partner: String,
        at path: String
    ) throws(ClientError) {
        let reader = StatementReader(value: value, path: path)
        let leaf = Array(try reader.text("leaf").utf8)
        let hash = MerkleHash.leaf(leaf)
        let revision = try reader.number("revision")
        guard try reader.digest("leafHash") == hash else {
            throw Self.unverified("leafHash", "it is not the hash of the leaf", path)
        }
        let head = ["kontor/v1/settlement-leaf", "\(settlement) \(revision)"]
        let lines = leaf.split(separator: 0x0a, omittingEmptySubsequences: false)
        guard lines.count > 4, zip(head, lines).allSatisfy({ $0.utf8.elementsEqual($1) }),
            partner.utf8.elementsEqual(lines[3])
        else {
            throw Self.unverified("leaf", "it is not the leaf of \(partner) in \(settlement)", path)
        }
        let root = try reader.digest("root")
        let proof = InclusionProof(
            index: try reader.number("index"),
            size: try reader.number("count"),
            hashes: try reader.digests("path")
        )
        try ClientError.verifying { () throws(LogError) in
            try proof.verify(leaf: hash, root: root)
        }
        self.settlement = settlement
        self.revision = Int64(revision)
        self.partner = partner
        self.leaf = leaf
        self.root = root
        leafHash = hash
        entry = try reader.number("entry")
        count = proof.size
    }

    /// Requires that an entry of the log is the calculation of this settlement, with this root.
    ///
    /// Throws `unverified`.
    func requireCalculation(by entry: LogEntry, at path: String) throws(ClientError) {
        let payload = try? JSONValue(parsing: entry.payload)
        guard entry.kind.hasSameBytes(as: "settlement.calculate"), let payload,
            payload["settlement"] == .string(settlement),
            payload["revision"] == .integer(revision),
            payload["root"] == .string(root.base64URL),
            payload["participants"] == .integer(Int64(count))
        else {
            let reason = "entry \(entry.frame.index) of the log does not state this root for "
            throw Self.unverified("entry", reason + settlement, path)
        }
    }

    private static func unverified(
        _ member: String,
        _ reason: String,
        _ path: String
    ) -> ClientError {
        ClientError(.unverified, at: "\(path), \(member)", "\(reason); keep what was answered")
    }
}

/// Reads the members of a statement.
private struct StatementReader {
    let value: JSONValue
    let path: String

    func text(_ member: String) throws(ClientError) -> String {
        guard case .string(let text)? = value[member] else { throw malformed(member) }
        return text
    }

    func number(_ member: String) throws(ClientError) -> UInt64 {
        guard case .integer(let number)? = value[member], let number = UInt64(exactly: number)
        else { throw malformed(member) }
        return number
    }

    func digest(_ member: String) throws(ClientError) -> Digest {
        guard let digest = Digest(try text(member), as: .url) else { throw malformed(member) }
        return digest
    }

    func digests(_ member: String) throws(ClientError) -> [Digest] {
        guard case .array(let items)? = value[member], items.count <= 64 else {
            throw malformed(member)
        }
        var digests: [Digest] = []
        for case .string(let text) in items {
            guard let digest = Digest(text, as: .url) else { throw malformed(member) }
            digests.append(digest)
        }
        guard digests.count == items.count else { throw malformed(member) }
        return digests
    }

    private func malformed(_ member: String) -> ClientError {
        ClientError(.answer, at: "\(path), \(member)", "it is no statement of spec/19 §6.4")
    }
}
