public import KontorAPI
public import Signing
public import VerifiableLog

extension KontorClient {
    /// The proof that an entry stands in the log, against its newest checkpoint, verified together
    /// with the entry.
    public func proof(of index: UInt64) async throws -> TLogProof {
        try await provenEntry(at: index).proof
    }

    /// An entry that this login may read, verified up to a checkpoint.
    public func entry(at index: UInt64) async throws -> LogEntry {
        try await provenEntry(at: index).entry
    }

    /// Entries from an index on that this login may read, up to the present end of the log; each
    /// is compared with its leaf in the authenticated tree.
    public func entries(from index: UInt64 = 0) -> PullSequence<LogEntry> {
        PullSequence {
            let pages = self.pages("/v1/entries", query: [("from", String(index))])
            var items = pages.makeAsyncIterator()
            var check = EntryCheck(client: self)
            var next = index
            return {
                guard let item = try await items.next() else { return nil }
                let entry = try LogEntry(claimed: item, at: "/v1/entries")
                guard entry.frame.index >= next else {
                    throw Self.misplaced(entry.frame.index, due: next, at: "/v1/entries")
                }
                next = entry.frame.index + 1
                try await check.verify(entry)
                return entry
            }
        }
    }

    /// The entry that a submission of a partner became, as a verified receipt with the stored JWS.
    ///
    /// Throws `problem` with `NotFound` if there is none.
    public func transfer(
        partner: String,
        id: UUIDv7
    ) async throws -> (receipt: Receipt, jws: [UInt8]) {
        let request = APIRequest(
            path: "/v1/transfers/\(ServerAddress.escape(partner))/\(id)",
            limit: limits.answerByteCount
        )
        let body = try await perform(request).body
        let claimed: SubmissionAnswer
        do { claimed = try SubmissionAnswer.read(body).answer } catch {
            throw Self.malformed(error, at: request.path)
        }
        guard case .known(let receipt, let text?) = claimed else {
            throw ClientError(.answer, at: request.path, "a known receipt with stored is due")
        }
        let stored = Array(text.utf8)
        guard let jws = try? JWS(parsing: stored),
            let payload = try? JSONValue(parsing: jws.payload),
            payload["partner"] == .string(partner), receipt.id == id
        else {
            throw ClientError(
                .unverified,
                at: "\(request.path), stored",
                "it is not the submission \(id) of \(partner)"
            )
        }
        try await verify(receipt, of: stored, stored: nil)
        return (receipt, stored)
    }

    /// What a transfer would debit, credit, cost and owe now, as the service says it: an object of
    /// spec/19 §8.
    public func quote(_ question: QuoteQuestion) async throws -> JSONValue {
        let request = APIRequest(
            path: "/v1/quotes",
            body: question.json.text,
            authorization: .once,
            limit: limits.answerByteCount
        )
        return try Self.json(try await perform(request).body, at: request.path)
    }

    /// The partners, objects of spec/19 §6.
    public func partners() -> PullSequence<JSONValue> { pages("/v1/partners") }

    /// The programmes, objects of spec/19 §6.
    public func programs() -> PullSequence<JSONValue> { pages("/v1/programs") }

    /// The agreements that this login may read, objects of spec/19 §6.
    public func agreements() -> PullSequence<JSONValue> { pages("/v1/agreements") }

    /// The published rates, objects of spec/19 §6.
    public func rates() -> PullSequence<JSONValue> { pages("/v1/rates") }

    /// Who owes whom, as far as this login may read it, objects of spec/19 §6.
    public func positions() -> PullSequence<JSONValue> { pages("/v1/positions") }

    /// The statements of settlement, objects of spec/19 §6.
    public func statements() -> PullSequence<JSONValue> { pages("/v1/statements") }

    /// The elements of a list, fetched page by page.
    func pages(
        _ path: String,
        query: [(name: String, value: String)] = []
    ) -> PullSequence<JSONValue> {
        PullSequence {
            var cursor = PageCursor(path: path)
            return { [self] in
                while true {
                    if let item = cursor.next() { return item }
                    guard let more = cursor.query else { return nil }
                    let count = [(name: "limit", value: String(limits.pageItemCount))]
                    let request = APIRequest(
                        path: path,
                        query: more.isEmpty ? query + count : count + more,
                        limit: limits.pageByteCount
                    )
                    let body = try await perform(request).body
                    do { try cursor.take(try Page(parsing: body)) } catch let error as APIError {
                        throw Self.malformed(error, at: path)
                    }
                }
            }
        }
    }

    private func provenEntry(
        at index: UInt64
    ) async throws -> (entry: LogEntry, proof: TLogProof) {
        let entry = try await claimedEntry(at: index)
        return (entry, try await proof(of: entry))
    }

    /// The entry of an index as the server shows it; its place in the tree is not verified.
    ///
    /// Whoever calls this compares its hash with one that is: the auditor does.
    package func claimedEntry(at index: UInt64) async throws -> LogEntry {
        let request = APIRequest(path: "/v1/entries/\(index)", limit: limits.answerByteCount)
        let value = try Self.json(try await perform(request).body, at: request.path)
        let entry = try LogEntry(claimed: value, at: request.path)
        guard entry.frame.index == index else {
            throw Self.misplaced(entry.frame.index, due: index, at: request.path)
        }
        return entry
    }

    /// Fetches the proof of an entry, and verifies it.
    func proof(of entry: LogEntry) async throws -> TLogProof {
        let index = entry.frame.index
        let request = APIRequest(
            path: "/v1/entries/\(index)/proof",
            accept: MediaType.text,
            limit: LogLimits.fileByteCount
        )
        let body = try await perform(request).body
        let proof = try ClientError.verifying { () throws(LogError) in
            let proof = try TLogProof(parsing: body)
            try proof.verify(leaf: entry.leafHash, logKey: verifierKey)
            return proof
        }
        guard proof.index == index else {
            throw Self.misplaced(proof.index, due: index, at: request.path)
        }
        _ = try await observe(proof.checkpoint)
        return proof
    }

    static func misplaced(_ index: UInt64, due: UInt64, at path: String) -> ClientError {
        ClientError(.answer, at: path, "it shows entry \(index) where \(due) or a later one is due")
    }
}
