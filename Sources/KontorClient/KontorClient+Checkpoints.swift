internal import KontorAPI
internal import Signing
internal import Synchronization
public import VerifiableLog

extension KontorClient {
    /// The newest checkpoint of the log, signed by it and consistent with all that were seen.
    public func checkpoint() async throws -> Checkpoint {
        try await observe(try await signedCheckpoint())
    }

    /// The note of the newest checkpoint, verified as `checkpoint()` is.
    public func checkpointNote() async throws -> SignedNote {
        let note = try await signedCheckpoint()
        _ = try await observe(note)
        return note
    }

    private func signedCheckpoint() async throws -> SignedNote {
        let request = APIRequest(
            path: "/checkpoint",
            accept: MediaType.text,
            authorization: .none,
            limit: LogLimits.noteByteCount
        )
        let answer = try await perform(request)
        return try ClientError.verifying { () throws(LogError) in
            try SignedNote(parsing: answer.body)
        }
    }

    /// Requires that a checkpoint is a state of the history that was seen, and remembers it if it
    /// is the newest.
    ///
    /// Throws `unverified`, `fork`, `memory`, and what fetching the proof throws.
    func observe(_ note: SignedNote) async throws -> Checkpoint {
        let head = try open(note)
        for _ in 0..<limits.checkpointAttemptCount {
            if let fork = memory.fork { throw fork.error }
            switch heads.withLock({ $0.judge(head) }) {
            case .known: return head
            case .contradicts(let seen): throw try forked(seen, note, isProven: true)
            case .unknown: break
            }
            let newest = memory.newest
            if let newest { try await compare(head, note, with: newest) }
            let isNewer = try newest.map { try open($0).size < head.size } ?? true
            if isNewer, try !memory.replace(newest, with: note) { continue }
            heads.withLock { heads in
                if let newest, let last = try? open(newest) { heads.note(last, newest) }
                heads.note(head, note)
            }
            return head
        }
        throw ClientError(
            .memory,
            at: "checkpoint of size \(head.size)",
            "the newest checkpoint kept changing; share the memory with fewer clients"
        )
    }

    private func open(_ note: SignedNote) throws(ClientError) -> Checkpoint {
        try ClientError.verifying { () throws(LogError) in
            try Checkpoint(opening: note, logKey: verifierKey)
        }
    }

    private func compare(
        _ head: Checkpoint,
        _ note: SignedNote,
        with newest: SignedNote
    ) async throws {
        let last = try open(newest)
        guard head.size != last.size else {
            guard head.root == last.root else { throw try forked(newest, note, isProven: true) }
            return
        }
        let (old, new) = (min(head.size, last.size), max(head.size, last.size))
        let proof = try await consistency(from: old, to: new)
        do {
            try head.requireConsistency(with: last, proof: proof)
        } catch {
            throw try forked(newest, note, isProven: false)
        }
    }

    private func forked(
        _ seen: SignedNote,
        _ shown: SignedNote,
        isProven: Bool
    ) throws(ClientError) -> ClientError {
        let fork = ForkEvidence(seen: seen, shown: shown, isProven: isProven)
        if isProven { try memory.keep(fork) }
        return fork.error
    }

    /// The hashes that are said to lead from one size to another; nothing is believed here.
    private func consistency(from old: UInt64, to new: UInt64) async throws -> [Digest] {
        guard old > 0 else { return [] }
        let request = APIRequest(
            path: "/v1/proofs/consistency",
            query: [("from", String(old)), ("to", String(new))],
            authorization: .none,
            limit: limits.answerByteCount
        )
        let body = try await perform(request).body
        let value = try Self.json(body, at: request.path)
        guard case .array(let elements)? = value["hashes"],
            elements.count <= LogLimits.consistencyHashCount
        else {
            throw ClientError(.answer, at: "\(request.path), hashes", "at most 63 hashes are due")
        }
        var hashes: [Digest] = []
        for element in elements {
            guard case .string(let text) = element, let hash = Digest(text, as: .standard) else {
                throw ClientError(
                    .answer,
                    at: "\(request.path), hashes",
                    "a hash is 44 characters of standard base64"
                )
            }
            hashes.append(hash)
        }
        return hashes
    }
}
