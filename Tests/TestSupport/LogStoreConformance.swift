public import KontorStorage

/// The one suite for every store: what `LogStore` promises, as checks over a factory.
public struct LogStoreConformance: Sendable, CustomStringConvertible {
    /// Makes stores for one check.
    public struct Factory: Sendable {
        /// Whether `open` opens the same log again after it was closed.
        public let isPersistent: Bool
        /// Opens the log; the first call makes it.
        public let open: @Sendable () throws -> any LogStore

        /// A factory of these parts.
        public init(isPersistent: Bool, open: @escaping @Sendable () throws -> any LogStore) {
            self.isPersistent = isPersistent
            self.open = open
        }
    }

    /// A promise that a store does not keep.
    public struct Failure: Error, CustomStringConvertible {
        /// The promise, and the line that checks it.
        public let description: String
    }

    /// What the check is about.
    public let description: String
    private let body: @Sendable (Factory) throws -> Void

    init(_ description: String, _ body: @escaping @Sendable (Factory) throws -> Void) {
        self.description = description
        self.body = body
    }

    /// Runs the check on a fresh store; throws what it found wrong.
    public func run(_ factory: Factory) throws { try body(factory) }

    /// All checks.
    public static let checks: [LogStoreConformance] = logChecks + stateChecks + standingChecks

    /// Throws unless a condition holds.
    static func require(_ condition: Bool, _ promise: String, line: Int = #line) throws {
        guard condition else { throw Failure(description: "line \(line): \(promise)") }
    }

    /// Throws unless a body throws the storage error of a code.
    static func requireError(
        _ code: StorageError.Code,
        _ promise: String,
        line: Int = #line,
        _ body: () throws -> Void
    ) throws {
        do {
            try body()
        } catch let error as StorageError {
            try require(error.code == code, "\(promise), not \(error)", line: line)
            let isClear = error.message.contains(": ") && error.message.contains("; ")
            try require(isClear, "\(error.message) names place, reason and way out", line: line)
            return
        }
        throw Failure(description: "line \(line): \(promise), but nothing was thrown")
    }
}
