/// What a step of a benchmark measured, as it comes back from the process of its own that ran it.
struct StepReport: Codable, Sendable {
    /// Seconds of wall time of the timed part.
    var seconds = 0.0
    /// Seconds of processor time of the timed part.
    var processorSeconds = 0.0
    /// Entries and items that took effect in the timed part.
    var entries = 0
    var items = 0
    /// Submissions that were refused or known; there should be none.
    var refused = 0
    /// Items per second of each tenth of the run.
    var tenths: [Double] = []
    /// The greatest resident memory of the process, in bytes.
    var peakMemory = 0
    /// What the store wrote in the timed part.
    var commits: UInt64 = 0
    var transactions: UInt64 = 0
    var statements: UInt64 = 0
    /// Bytes that the files of the ledger grew by, after closing.
    var fileBytes = 0
    /// Entries that were replayed at the opening.
    var replayed: UInt64 = 0
}
