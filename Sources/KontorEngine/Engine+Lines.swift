internal import KontorStorage
public import Ledger
public import Signing

/// The lines of statements, read from the durable log.
extension Engine {
    /// Hands out what the items of a range of entries made whom owe whom, in their order, and the
    /// indexes at which adjustments took effect.
    ///
    /// An adjustment is certain where its approval is in the range; else it took effect at its own
    /// index, at an approval after the range, or never: these come at the end.
    ///
    /// Complexity: O(bytes of the entries and of those that they refer to), on all cores.
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
        var chunk: [LineEntry] = []
        func flush() throws {
            for (entry, found) in zip(chunk, try read(chunk)) {
                for line in found.lines { try body(line) }
                switch found.statement.body {
                case .adjustmentPost(let adjustment):
                    adjustments[entry.index] = adjustment.agreement
                case .operatorApprove(let approved):
                    adjustments[approved] = nil
                    if let agreement = try adjustment(at: approved) {
                        try adjusted(agreement, entry.index, true)
                    }
                default: break
                }
            }
            chunk.removeAll(keepingCapacity: true)
        }
        try store.forEachEntry(in: range) { entry in
            chunk.append(LineEntry(index: entry.index, time: entry.time, payload: entry.payload))
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

    /// What entries say, and their lines, in the order of the entries.
    private func read(
        _ entries: [LineEntry]
    ) throws -> [(statement: Statement, lines: [PostedLine])] {
        let statements = try ParallelMap.map(entries) { try Statement(payload: $0.payload) }
        var past: [UInt64: PastEntry] = [:]
        for (entry, statement) in zip(entries, statements) where statement.hasItems {
            past[entry.index] = PastEntry(statement: statement, time: entry.time)
        }
        for statement in statements where statement.hasItems {
            try fetch(statement.body.transfersEntry, into: &past)
        }
        let (known, book) = (past, read { $0 })
        return try ParallelMap.map(Array(zip(entries, statements))) { entry, statement in
            guard statement.hasItems else { return (statement, []) }
            return (statement, book.postedLines(at: entry.index, statement) { known[$0] })
        }
    }

    /// Fetches an entry and those that it refers to, transfers at the end.
    private func fetch(_ index: UInt64?, into past: inout [UInt64: PastEntry]) throws {
        var next = index
        while let place = next {
            if past[place] == nil {
                guard let entry = try store.entry(at: place) else { return }
                let found = try Statement(payload: entry.payload)
                past[place] = PastEntry(statement: found, time: entry.time)
            }
            next = past[place]?.statement.body.transfersEntry
        }
    }
}

/// An entry whose lines are due.
private struct LineEntry: Sendable {
    let index: UInt64
    let time: Timestamp
    let payload: [UInt8]
}

extension Statement {
    /// Whether items are posted, committed or reversed by it.
    fileprivate var hasItems: Bool { kind.rule.shortWindow }
}
