internal import KontorAPI
internal import Signing
internal import VerifiableLog

extension SubmissionRefusal {
    /// Requires that the log key signed the refusal of a problem about this submission to this
    /// ledger, and that the problem lists the faults that were signed.
    ///
    /// The one place that looks into a signed refusal (spec/19 §5). Throws `forgedRefusal`.
    init(
        verifying problem: Problem,
        logKey: VerifierKey,
        ledger: Digest,
        submission: [UInt8]
    ) throws(ClientError) {
        guard let text = problem.refusal else {
            throw Self.forged("refusal", "the server refused with \(problem.code), unsigned")
        }
        let statement: SignedRefusal
        do {
            statement = try SignedRefusal(
                verifying: text,
                logKey: logKey,
                ledger: ledger,
                submission: submission
            )
        } catch {
            throw Self.forged(error.place, error.reason, error)
        }
        guard statement.faults.count == problem.faults.count,
            zip(statement.faults, problem.faults).allSatisfy({ $0.json == $1.json })
        else {
            throw Self.forged("faults", "the problem lists other faults than the log key signed")
        }
        self.init(
            size: statement.size,
            time: statement.time,
            faults: statement.faults,
            signed: text
        )
    }

    private static func forged(
        _ place: String,
        _ reason: String,
        _ cause: (any Error)? = nil
    ) -> ClientError {
        ClientError(
            .forgedRefusal,
            at: place,
            "\(reason); whether the entry took effect is open, so submit it again",
            cause: cause
        )
    }
}
