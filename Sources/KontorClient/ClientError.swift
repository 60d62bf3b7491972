public import KontorAPI
internal import VerifiableLog

/// Why a call of the client failed, beside refusals, which are answers.
public struct ClientError: Error, Sendable, CustomStringConvertible {
    /// The kind of fault, on which a caller may branch.
    public enum Code: String, Sendable, CaseIterable {
        /// The address of the server cannot be used.
        case address
        /// The server cannot be reached, or the connection broke.
        case connection
        /// The server took longer than the limits allow.
        case timeout
        /// The server sent more than the limits allow.
        case tooLong
        /// What is to be submitted is no submission.
        case submission
        /// The answer is not one that spec/19 knows.
        case answer
        /// The server reported a problem; `problem` has it.
        case problem
        /// A login is needed, or the server does not take this one.
        case login
        /// A signature, hash or proof does not hold.
        case unverified
        /// Two checkpoints that the log signed are not states of one history; `fork` has both.
        case fork
        /// A refusal is not what the log key signed about this submission.
        case forgedRefusal
        /// The receipt of a submission names another place than an earlier one.
        case changedReceipt
        /// The checkpoint memory cannot be read or written.
        case memory
    }

    /// The kind of fault.
    public let code: Code
    /// Reason and way out.
    public let message: String
    /// Where: a path of the server, a member of an answer, a file.
    public let place: String
    /// The fault below, if there was one.
    public let cause: (any Error)?
    /// What the server reported, if it did.
    public let problem: Problem?
    /// The evidence of a fork, if this is one.
    public let fork: ForkEvidence?
    /// Whether the same request may be sent again.
    let again: RetrySchedule.Outcome

    /// A fault.
    public init(
        _ code: Code,
        at place: String,
        _ message: String,
        cause: (any Error)? = nil,
        problem: Problem? = nil,
        fork: ForkEvidence? = nil
    ) {
        self.init(code, at: place, message, cause, problem, fork, again: .final)
    }

    init(
        _ code: Code,
        at place: String,
        _ message: String,
        _ cause: (any Error)? = nil,
        _ problem: Problem? = nil,
        _ fork: ForkEvidence? = nil,
        again: RetrySchedule.Outcome
    ) {
        self.code = code
        self.message = message
        self.place = place
        self.cause = cause
        self.problem = problem
        self.fork = fork
        self.again = again
    }

    /// The same fault after the last of several attempts.
    func after(attempts count: Int) -> ClientError {
        ClientError(
            code,
            at: place,
            count > 1 ? "\(message); this was attempt \(count), the last one" : message,
            cause,
            problem,
            fork,
            again: .final
        )
    }

    /// The same fault, to be tried again after another wait.
    func again(after wait: Duration) -> ClientError {
        ClientError(code, at: place, message, cause, problem, fork, again: .again(after: wait))
    }

    /// Whether the server said that the ledger has no entry yet.
    var isOfEmptyLedger: Bool {
        problem?.code == ProblemCode.ledgerEmpty.rawValue
            || problem?.code == ProblemCode.notFound.rawValue && place == "/checkpoint"
    }

    /// What a log's bytes lack.
    static func unverified(_ error: LogError) -> ClientError {
        ClientError(.unverified, at: error.place, error.reason, cause: error)
    }

    /// Runs what verifies, and tells what did not hold.
    static func verifying<T>(_ body: () throws(LogError) -> T) throws(ClientError) -> T {
        do { return try body() } catch { throw unverified(error) }
    }

    /// Code, place, message, and the fault below.
    public var description: String {
        "\(code.rawValue): \(place): \(message)\(cause.map { " [\($0)]" } ?? "")"
    }
}
