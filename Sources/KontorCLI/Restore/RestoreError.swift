/// Why a backup, a tip or a hand-over is refused.
struct RestoreError: Error, CustomStringConvertible {
    /// The kind of fault.
    enum Code: String, Sendable, CaseIterable {
        /// The audit of a backup, a mirror or an old instance found a fault.
        case notClean
        /// The directory is not one that a restore made and that still waits.
        case notRestored
        /// The directory was copied after it was restored.
        case moved
        /// No key of the log signed the tip.
        case tipUnsigned
        /// The log is known to be longer than the tip says.
        case tipBehind
        /// Tip and log are not states of one history.
        case tipFork
        /// No source at hand has the log up to the tip.
        case mirrorMissing
        /// The old instance is not the one that writes.
        case notWriter
        /// The old instance gave the right to write to another directory.
        case handedOver
        /// The secret key of the log is missing, or is another one.
        case logKey
    }

    /// The kind of fault.
    let code: Code
    /// Place, reason and way out.
    let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Code and message.
    var description: String { "\(code.rawValue): \(message)" }
}
