internal import Synchronization
public import VerifiableLog

/// Keeps the newest verified checkpoint of one log, so that the log cannot show another history
/// later.
///
/// It is replaced by compare-and-swap, so any number of tasks, clients and, with a file, processes
/// may share it. Once the log is proven to have forked, that stays: every later call of a client
/// with this memory reports it.
public final class CheckpointMemory: Sendable {
    private struct State {
        var newest: SignedNote?
        var fork: ForkEvidence?
    }

    private let state: Mutex<State>
    private let file: CheckpointFile?

    /// A memory that ends with the process.
    public init() {
        file = nil
        state = Mutex(State())
    }

    /// A memory in a file, which holds the note itself; it is made with the first checkpoint.
    ///
    /// Throws `memory` if the file cannot be read or holds no note.
    public init(file path: String) throws(ClientError) {
        let file = CheckpointFile(path: path)
        self.file = file
        state = Mutex(State(newest: try file.read(), fork: try file.readFork()))
    }

    /// The newest checkpoint, or nil before the first one.
    public var newest: SignedNote? { state.withLock { $0.newest } }

    /// The proven fork of the log, or nil.
    public var fork: ForkEvidence? { state.withLock { $0.fork } }

    /// Replaces the newest checkpoint unless it is no longer the expected one.
    ///
    /// Throws `memory`.
    func replace(
        _ expected: SignedNote?,
        with note: SignedNote
    ) throws(ClientError) -> Bool {
        try state.withLock { (state) throws(ClientError) -> Bool in
            guard state.newest == expected else { return false }
            guard let file else {
                state.newest = note
                return true
            }
            state.newest = try file.replace(expected, with: note)
            return state.newest == note
        }
    }

    /// Keeps the first proven fork for ever.
    ///
    /// Throws `memory`.
    func keep(_ fork: ForkEvidence) throws(ClientError) {
        try state.withLock { (state) throws(ClientError) in
            guard fork.isProven, state.fork == nil else { return }
            state.fork = fork
            try file?.keep(fork)
        }
    }
}
