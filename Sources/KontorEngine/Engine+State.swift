public import KontorStorage
public import Ledger
public import Signing
internal import Synchronization

/// The state of the ledger, as the rules see it.
extension Engine {
    /// Reads the state between two groups; it may be ahead of the log by the groups that are being
    /// written.
    ///
    /// It waits while the rules of a group run, at most `groupLimit` submissions or `groupBytes`.
    /// What is told to others is read by `readDurable`.
    public func read<T: Sendable>(_ body: (inout Book) throws -> T) rethrows -> T {
        try state.withLock { try body(&$0.book) }
    }

    /// Reads the state, and returns what was read once all of it is durable.
    ///
    /// The state is read as `read` does; then the caller waits until the entries that it had taken
    /// in are durable, which is at once unless a commit is under way. So nothing is copied, and
    /// nothing is shown that a crash could take back. Throws as `waitForSize` if those entries were
    /// lost, and what the closure throws.
    public func readDurable<T: Sendable>(
        _ body: (inout Book) throws -> T
    ) async throws -> T {
        let (value, size) = try read { book in (try body(&book), book.size) }
        if size > 0 { _ = try await waitForSize(above: size - 1) }
        return value
    }

    /// What a transfer would do now.
    ///
    /// It may count entries that are not durable yet; see `quoteDurable`.
    public func quote(_ terms: Digest, _ request: QuoteRequest) throws -> Quotation {
        let now = try clock.now()
        return read { $0.quotation(terms, request, at: now) }
    }

    /// What a transfer would do now, told once all that it counts is durable.
    public func quoteDurable(_ terms: Digest, _ request: QuoteRequest) async throws -> Quotation {
        let now = try clock.now()
        return try await readDurable { $0.quotation(terms, request, at: now) }
    }

    /// The state of a store that another process may be writing to.
    ///
    /// Nothing is checked against a key.
    public static func readBook(
        of store: any LogStore,
        fromScratch: Bool = false,
        progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws -> Book {
        try Recovery(store: store, logKey: nil).recover(
            fromScratch: fromScratch,
            progress: progress
        ).book
    }
}

extension Book {
    /// What a transfer would do at a moment that the clock gives.
    fileprivate mutating func quotation(
        _ terms: Digest,
        _ request: QuoteRequest,
        at now: Timestamp
    ) -> Quotation {
        let position = Position(index: size, time: max(now, time), ledger: ledger ?? .zero)
        return quote(terms, request, at: position)
    }
}
