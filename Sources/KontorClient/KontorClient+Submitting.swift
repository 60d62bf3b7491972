internal import KontorAPI
internal import Signing
internal import Synchronization
internal import VerifiableLog

extension KontorClient {
    /// Submits one compact JWS, and returns once its entry is durable and its receipt verified, or
    /// once a signed refusal is.
    ///
    /// Line ends after the JWS are no part of it.
    /// The same submission is sent again after faults of the network and of the server; it takes
    /// effect once. Throws `ClientError`, among it `unverified`, `fork`, `forgedRefusal` and
    /// `changedReceipt` for an answer that is not true.
    public func submit(_ text: [UInt8]) async throws -> SubmissionResult {
        let end = text.lastIndex { $0 != 0x0a && $0 != 0x0d }
        let jws = Array(text.prefix(end.map { $0 + 1 } ?? 0))
        let request = APIRequest(
            path: "/v1/entries",
            body: jws,
            contentType: MediaType.jose,
            authorization: .none,
            limit: limits.answerByteCount,
            takesRefusals: true
        )
        let answer = try await perform(request)
        let claimed: SubmissionAnswer
        if let problem = answer.problem {
            claimed = .refused(problem)
        } else {
            do { claimed = try SubmissionAnswer.read(answer.body).answer } catch {
                throw Self.malformed(error, at: request.path)
            }
        }
        guard claimed.status == answer.head.status else {
            throw ClientError(
                .answer,
                at: request.path,
                "its body says \(claimed.status), its status \(answer.head.status)"
            )
        }
        return try await verify(claimed, of: jws, at: request.path)
    }

    /// Verifies what the server claims about a submission.
    func verify(
        _ claimed: SubmissionAnswer,
        of jws: [UInt8],
        at path: String
    ) async throws -> SubmissionResult {
        switch claimed {
        case .accepted(let receipt):
            try await verify(receipt, of: jws, stored: nil)
            return .accepted(receipt)
        case .known(let receipt, let stored):
            let stored = stored.map { Array($0.utf8) }
            try await verify(receipt, of: jws, stored: stored)
            return .known(receipt, stored: stored)
        case .refused(let problem):
            let refusal = try SubmissionRefusal(
                verifying: problem,
                logKey: verifierKey,
                ledger: try await judgingLedger(),
                submission: jws
            )
            return .refused(refusal)
        }
    }

    /// Requires everything that a receipt claims (spec/07 §6), and that an earlier receipt of the
    /// same submission claimed the same.
    func verify(_ receipt: Receipt, of text: [UInt8], stored: [UInt8]?) async throws {
        _ = try ClientError.verifying { () throws(LogError) in
            try receipt.verify(
                jws: text,
                storedJWS: stored,
                logKey: verifierKey,
                lastSeen: nil,
                consistency: nil
            )
        }
        _ = try await observe(receipt.proof.checkpoint)
        guard let jws = try? JWS(parsing: text) else { return }
        try receipts.withLock { (places) throws(ClientError) in
            try places.note(receipt, of: jws)
        }
    }

    /// The ledger that a refusal is about; zero before there is one.
    private func judgingLedger() async throws -> Digest {
        do {
            return try await ledger()
        } catch let fault as ClientError where fault.isOfEmptyLedger {
            return .zero
        }
    }
}
