public import KontorStorage
internal import Ledger
public import VerifiableLog

/// Gives a restored log another key, so that it can go on although the instance that wrote it is
/// lost (spec/15 §8).
///
/// The entries that register the new key and revoke the old one are signed by operators, and become
/// one commit whose checkpoint the new key signs. In the same transaction the store becomes the one
/// that writes. If anything of it does not hold, nothing is stored and nothing signed is shown.
public struct Enrolment {
    private static let kinds: [Kind] = [.logKeyAdd, .logKeyRevoke, .operatorApprove]

    private let store: any LogStore
    private let oldKey: VerifierKey
    private let signer: NoteSigner
    private let clock: any LedgerClock

    /// An enrolment of a signer in a restored store whose head the old key signed.
    public init(
        store: any LogStore,
        oldKey: VerifierKey,
        signer: NoteSigner,
        clock: any LedgerClock = SystemClock()
    ) {
        self.store = store
        self.oldKey = oldKey
        self.signer = signer
        self.clock = clock
    }

    /// Enters the texts, and returns the checkpoint that the new key signed.
    ///
    /// Throws `logKey` if a text is refused or the new key would not be the only one that holds,
    /// `readOnly` if the store was not restored, and what `Engine` throws at its opening.
    public func run(
        _ texts: [[UInt8]],
        acceptTime: Bool = false,
        progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws -> SignedNote {
        let standing = try store.standing()
        guard case .restored = standing.state, standing.epoch < .max else {
            throw EngineError(
                .readOnly,
                "only a restored ledger is given another log key so; "
                    + "where one writes, enter log.key.add and log.key.revoke"
            )
        }
        let next = Standing(
            instance: standing.instance,
            epoch: standing.epoch + 1,
            state: .writes
        )
        let state = try Recovery(store: store, logKey: oldKey).recover(progress: progress)
        try Engine.check(clock, state.book.time, acceptTime)
        let (commit, checkpoint) = try commit(of: texts, on: state)
        var enrolling = commit
        enrolling.authority = .enrolment(next)
        try store.append(enrolling)
        return checkpoint
    }

    private func commit(
        of texts: [[UInt8]],
        on state: RecoveredState
    ) throws -> (LogCommit, SignedNote) {
        let directory = KeyDirectory()
        for key in state.book.registeredKeys { directory.note(key) }
        let prepared = Intake(directory: directory).prepare(texts)
        for (number, submission) in prepared.enumerated() {
            guard case .success(let statement) = submission.result,
                !Self.kinds.contains(statement.statement.kind)
            else { continue }
            throw EngineError(
                .logKey,
                "line \(number + 1) is \(statement.statement.kind.rawValue); an enrolment takes "
                    + "log.key.add, log.key.revoke and operator.approve only"
            )
        }
        var writer = Writer(
            store: store,
            signer: signer,
            clock: clock,
            directory: directory,
            state: state
        )
        let applied = try writer.apply(prepared)
        try Self.requireAccepted(applied.answers)
        try requireOnlyKey(writer.book)
        guard let commit = applied.commit, let published = applied.published else {
            throw EngineError(.logKey, "there is no line to enter; have operators sign some")
        }
        return (commit, published.checkpoint)
    }

    private static func requireAccepted(_ answers: [Answer]) throws {
        for (number, answer) in answers.enumerated() {
            switch answer {
            case .accepted: continue
            case .known(let index):
                throw EngineError(
                    .logKey,
                    "line \(number + 1) took effect before, as entry \(index); leave it out"
                )
            case .refused(let refusal):
                throw EngineError(
                    .logKey,
                    "line \(number + 1) is refused, so nothing was entered: \(refusal)"
                )
            }
        }
    }

    /// Any other key that holds may still be in the lost instance, which would go on by it.
    private func requireOnlyKey(_ book: Book) throws {
        let holding = book.logKeys.filter { $0.revokedAt == nil }.map(\.vkey)
        guard holding == [signer.verifier.text] else {
            throw EngineError(
                .logKey,
                "after these lines the keys \(holding.joined(separator: ", ")) would hold; "
                    + "add \(signer.verifier.text), and revoke and approve until it is the only one"
            )
        }
    }
}
