internal import KontorStorage
public import Ledger
public import Signing

/// The lines of statements, read from the durable log.
extension Engine {
    /// Hands out what the items of a range of entries made whom owe whom, in their order, and the
    /// indexes at which adjustments took effect.
    ///
    /// An adjustment is certain where its approval is in the range; else it took effect at its own
    /// index, at an approval after the range, or never.
    ///
    /// Complexity: O(bytes of the entries and of those that they refer to).
    public func forEachPostedLine(
        in range: Range<UInt64>,
        _ body: (PostedLine) throws -> Void,
        adjusted: (_ agreement: Digest, _ index: UInt64, _ isCertain: Bool) throws -> Void = {
            _,
            _,
            _ in
        }
    ) throws {
        var adjustments: [UInt64: Digest] = [:]
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
            guard statement.kind.rule.shortWindow else {
                switch statement.body {
                case .adjustmentPost(let adjustment):
                    adjustments[entry.index] = adjustment.agreement
                case .operatorApprove(let approved):
                    adjustments[approved] = nil
                    if let agreement = try self.adjustment(at: approved) {
                        try adjusted(agreement, entry.index, true)
                    }
                default: break
                }
                return true
            }
            chunk.append((entry.index, statement))
            if chunk.count == Self.lineChunk { try flush() }
            return true
        }
        try flush()
        for index in adjustments.keys.sorted() {
            if let agreement = adjustments[index] { try adjusted(agreement, index, false) }
        }
    }

    private func adjustment(at index: UInt64) throws -> Digest? {
        guard let entry = try store.entry(at: index),
            case .adjustmentPost(let adjustment) = try Statement(payload: entry.payload).body
        else { return nil }
        return adjustment.agreement
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
