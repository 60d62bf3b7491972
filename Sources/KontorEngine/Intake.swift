internal import Dispatch
internal import Foundation
internal import Ledger
internal import Signing
internal import Synchronization
internal import VerifiableLog

/// A submission before the sequencer: read and, if its key is known by now, verified.
///
/// It is shared, not copied, on its way to the writer: it has some twenty parts.
public final class PreparedSubmission: Sendable {
    /// The text as it came.
    public let text: [UInt8]
    /// What it says, or why it cannot be read or verified.
    let result: Result<SignedStatement, Refusal>
    /// Whether the signature was verified; if not, the sequencer does it.
    let isVerified: Bool

    init(text: [UInt8], result: Result<SignedStatement, Refusal>, isVerified: Bool) {
        self.text = text
        self.result = result
        self.isVerified = isVerified
    }

    /// The partner, auditor or operator whose key verified it, or nil while that is not known.
    public var signer: String? {
        guard isVerified, case .success(let statement) = result else { return nil }
        return statement.statement.signer
    }
}

/// Everything that can be done with a submission without the state: it runs on all cores.
struct Intake: Sendable {
    let directory: KeyDirectory

    /// Reads and verifies a list of submissions, in their order, on all cores.
    func prepare(_ texts: [[UInt8]]) -> [PreparedSubmission] {
        guard texts.count > 1 else { return texts.map(prepare) }
        let slots = Slots(count: texts.count)
        let share = max(
            1,
            min(32, texts.count / (2 * ProcessInfo.processInfo.activeProcessorCount))
        )
        let parts = (texts.count + share - 1) / share
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let range = part * share..<min(texts.count, (part + 1) * share)
            slots.put(range.map { prepare(texts[$0]) }, at: part)
        }
        return slots.take()
    }

    /// Reads and verifies one submission.
    func prepare(_ text: [UInt8]) -> PreparedSubmission {
        do throws(Refusal) {
            // The longest index and every other line must fit beside the JWS.
            guard
                EntryFrame.byteCount(index: 1 << 62, jwsByteCount: text.count)
                    <= EntryFrame.byteLimit
            else {
                throw Refusal(
                    Fault(
                        .entryTooLong,
                        at: "jws",
                        "\(text.count) bytes make an entry of more than \(EntryFrame.byteLimit)"
                    )
                )
            }
            let statement = try SignedStatement(parsing: text)
            let isVerified = try statement.verify(text: text) { directory.key($0) }
            return PreparedSubmission(
                text: text,
                result: .success(statement),
                isVerified: isVerified
            )
        } catch {
            return PreparedSubmission(text: text, result: .failure(error), isVerified: false)
        }
    }
}

/// Results of parallel parts, put together in the order of the parts.
private final class Slots: Sendable {
    private let parts: Mutex<[Int: [PreparedSubmission]]>

    init(count: Int) {
        parts = Mutex(Dictionary(minimumCapacity: count))
    }

    func put(_ list: [PreparedSubmission], at part: Int) {
        parts.withLock { $0[part] = list }
    }

    func take() -> [PreparedSubmission] {
        parts.withLock { parts in (0..<parts.count).flatMap { parts[$0] ?? [] } }
    }
}

/// The keys that the chain has registered so far, for readers beside the writer.
///
/// A thumbprint enters a ledger once ever and its key never changes, so a reader can only be late,
/// never wrong.
final class KeyDirectory: Sendable {
    private let keys = Mutex<[Digest: PublicKey]>([:])

    /// The key of a thumbprint, or nil if it is not known here yet.
    func key(_ thumbprint: Digest) -> PublicKey? {
        keys.withLock { $0[thumbprint] }
    }

    /// Notes a key that the sequencer found.
    func note(_ key: PublicKey) {
        keys.withLock { $0[key.thumbprint] = key }
    }
}
