/// Which logs and witnesses a verifier trusts, and how many of them it wants (C2SP tlog-policy,
/// spec/07 §4).
///
///     log <vkey> [<url>]
///     witness <name> <vkey> [<url>]
///     group <name> all|any|<k> <member>...
///     quorum <name>|none
///
/// Names are opaque octets; a member is defined on an earlier line and used in one group at most.
public struct TrustPolicy: Hashable, Sendable {
    /// A log that is trusted.
    public struct Log: Hashable, Sendable {
        /// Its key; the name is the origin.
        public let key: VerifierKey
        /// Where it is read, if stated.
        public let url: [UInt8]?
    }

    /// A witness that is trusted.
    public struct Witness: Hashable, Sendable {
        /// Its name in the policy.
        public let name: [UInt8]
        /// Its key.
        public let key: VerifierKey
        /// Where checkpoints are submitted, if stated.
        public let url: [UInt8]?
    }

    /// A witness, or a group with its threshold; members are earlier positions in `voters`.
    enum Voter: Hashable, Sendable {
        case witness(Int)
        case group(threshold: Int, members: [Int])
    }

    /// The logs in the order of the text.
    public internal(set) var logs: [Log]
    /// The witnesses in the order of the text.
    public internal(set) var witnesses: [Witness]
    /// Witnesses and groups in the order of the text.
    var voters: [Voter]
    /// The position in `voters` that decides, or nil for none.
    var quorum: Int?

    init(logs: [Log], witnesses: [Witness], voters: [Voter], quorum: Int?) {
        self.logs = logs
        self.witnesses = witnesses
        self.voters = voters
        self.quorum = quorum
    }

    /// Whether cosignatures by these witnesses, given as positions in `witnesses`, are a quorum.
    ///
    /// Complexity: O(n).
    public func isQuorum(_ cosigners: [Int]) -> Bool {
        guard let quorum else { return true }
        var votes: [Bool] = []
        for voter in voters {
            switch voter {
            case .witness(let position): votes.append(cosigners.contains(position))
            case .group(let threshold, let members):
                votes.append(members.count { votes[$0] } >= threshold)
            }
        }
        return votes[quorum]
    }

    /// Opens a checkpoint that one of the logs signed and a quorum of the witnesses cosigned.
    ///
    /// Throws what `SignedNote.verify` throws, `checkpointMalformed`, `checkpointRoot`,
    /// `checkpointOrigin` if no listed log of this origin signed, and `quorumMissing`.
    public func open(_ note: SignedNote) throws(LogError) -> Checkpoint {
        let verified = try note.verify(with: logs.map(\.key) + witnesses.map(\.key))
        let checkpoint = try Checkpoint(parsing: note.text)
        let isSigned = verified.contains { signature in
            signature.key.name == checkpoint.origin && logs.contains { $0.key == signature.key }
        }
        guard isSigned else {
            throw LogError(
                .checkpointOrigin,
                at: "checkpoint of \(checkpoint.origin)",
                "no log of the policy with this origin signed it"
            )
        }
        let cosigners = witnesses.indices.filter { position in
            verified.contains { $0.key == witnesses[position].key }
        }
        guard isQuorum(Array(cosigners)) else {
            throw LogError(
                .quorumMissing,
                at: "checkpoint of \(checkpoint.origin)",
                "\(cosigners.count) trusted witnesses cosigned, no quorum; ask for a later one"
            )
        }
        return checkpoint
    }
}
