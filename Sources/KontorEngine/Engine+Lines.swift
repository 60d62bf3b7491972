internal import KontorStorage
public import Ledger
internal import Signing

/// The lines of statements, read from the durable log.
extension Engine {
    /// Hands out what the items of a range of entries made whom owe whom, in their order.
    ///
    /// Complexity: O(bytes of the entries and of those that they refer to).
    public func forEachPostedLine(
        in range: Range<UInt64>,
        _ body: (PostedLine) throws -> Void
    ) throws {
        var chunk: [(index: UInt64, statement: Statement)] = []
        func flush() throws {
            var past: [UInt64: PastEntry] = [:]
            for entry in chunk { try fetch(entry.statement, at: entry.index, into: &past) }
            let known = past
            let entries = chunk
            let lines = read { book in
                entries.flatMap { book.postedLines(at: $0.index, $0.statement) { known[$0] } }
            }
            chunk.removeAll(keepingCapacity: true)
            for line in lines { try body(line) }
        }
        try store.forEachEntry(in: range) { entry in
            let statement = try Statement(payload: entry.payload)
            guard statement.kind.rule.shortWindow else { return true }
            chunk.append((entry.index, statement))
            if chunk.count == Self.lineChunk { try flush() }
            return true
        }
        try flush()
    }

    /// Entries whose lines are made at once.
    private static let lineChunk = 256

    /// Fetches an entry and those that it refers to, transfers at the end.
    private func fetch(
        _ statement: Statement,
        at index: UInt64,
        into past: inout [UInt64: PastEntry]
    ) throws {
        var next: UInt64? = index
        while let place = next, past[place] == nil {
            guard let entry = try store.entry(at: place) else { return }
            let found = try Statement(payload: entry.payload)
            past[place] = PastEntry(statement: found, time: entry.time)
            next = found.body.transfersEntry
        }
    }
}
