/// What went wrong in the writer, beside refusals (which are answers) and faults of storage.
public struct EngineError: Error, CustomStringConvertible {
    /// The kind of fault.
    public enum Code: String, Sendable, CaseIterable {
        /// There is no genesis entry, or there is one already.
        case genesis
        /// The log key is not one that the chain registered and that holds.
        case logKey
        /// What is stored contradicts itself: root, chain or rules.
        case corrupt
        /// The clock jumped, or does not fit the last entry.
        case clockJump
        /// The writer stopped after a fault and must be opened again.
        case stopped
        /// More submissions wait than the queue takes; try again later.
        case busy
        /// This ledger takes no entries: it was fenced, or restored and its tip not confirmed yet.
        case readOnly
        /// An imported log is not an extension of what is here.
        case importMismatch
    }

    /// The kind of fault.
    public let code: Code
    /// Place, reason and way out.
    public let message: String
    /// The fault below, if there was one.
    public let cause: (any Error)?

    /// A fault.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The answer of a writer that met a fault before.
    static let stopped = EngineError(
        .stopped,
        "the writer stopped after a fault; open the ledger again"
    )

    /// Code, message, and the fault below.
    public var description: String {
        "\(code.rawValue): \(message)\(cause.map { " [\($0)]" } ?? "")"
    }
}
