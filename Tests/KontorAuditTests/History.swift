import KontorAudit
import Ledger
import Signing
import TestSupport

/// Entries that took effect, in memory, and the state after them.
final class History: BookedEntries {
    let book: Book
    let entries: [LedgerHarness.Entry]

    init(_ story: NetworkStory) {
        book = story.ledger.book
        entries = story.ledger.entries
    }

    /// Applies texts at their times; one that was sent twice counts once.
    init(entries texts: [(text: [UInt8], time: Timestamp)]) throws {
        var ledger = LedgerHarness()
        ledger.verifies = false
        for entry in texts { _ = try ledger.apply(entry.text, at: entry.time) }
        book = ledger.book
        entries = ledger.entries
    }

    func forEachEntry(
        in range: Range<UInt64>,
        _ body: (UInt64, PastEntry) throws -> Bool
    ) throws {
        for index in range where index < entries.count {
            guard let entry = try entry(at: index), try body(index, entry) else { return }
        }
    }

    func entry(at index: UInt64) throws -> PastEntry? {
        guard index < entries.count else { return nil }
        let entry = entries[Int(index)]
        return PastEntry(statement: entry.statement, time: entry.time)
    }
}
