internal import Ledger
internal import Signing
internal import VerifiableLog

/// Earlier entries that commits and reversals act upon, read again from the source when they are
/// needed.
final class PastEntries {
    private let source: any EntrySource
    private let leaves: LeafHashes
    private var cache: [UInt64: PastEntry] = [:]
    private var cached: [UInt64] = []
    private var oldest = 0
    private var failure: (any Error)?

    /// The entries of a source whose leaf hashes were seen.
    init(_ source: any EntrySource, _ leaves: LeafHashes) {
        self.source = source
        self.leaves = leaves
    }

    /// The entry at an index below `size`, or nil.
    func entry(at index: UInt64, size: UInt64) -> PastEntry? {
        guard index < size else { return nil }
        if let known = cache[index] { return known }
        do {
            let entry = try read(index)
            keep(entry, at: index)
            return entry
        } catch {
            failure = failure ?? error
            return nil
        }
    }

    /// Throws what made a lookup fail, so that the source is blamed and not the entry that asked.
    func requireNoFailure() throws {
        if let failure { throw failure }
    }

    private func read(_ index: UInt64) throws -> PastEntry {
        let previous = index == 0 ? Digest.zero : try leaves.hash(at: index - 1) ?? .zero
        let entry = try source.entry(at: index, previous: previous)
        let frame: EntryFrame
        let leaf: Digest
        switch entry.content {
        case .bytes(let bytes):
            leaf = MerkleHash.leaf(bytes)
            guard leaf == (try leaves.hash(at: index)) else { throw changed(index) }
            frame = try EntryFrame(parsing: bytes)
        case .rebuilt(let rebuilt):
            guard rebuilt.leaf == (try leaves.hash(at: index)) else { throw changed(index) }
            frame = rebuilt.frame
        }
        return PastEntry(
            statement: try SignedStatement(parsing: frame.jws).statement,
            time: frame.time
        )
    }

    private func changed(_ index: UInt64) -> AuditFault {
        AuditFault(
            .pastEntryChanged,
            index: index,
            at: source.place,
            "read a second time, it has another leaf hash"
        )
    }

    private func keep(_ entry: PastEntry, at index: UInt64) {
        if cached.count < AuditLimits.pastEntryCount {
            cached.append(index)
        } else {
            cache[cached[oldest]] = nil
            cached[oldest] = index
            oldest = (oldest + 1) % cached.count
        }
        cache[index] = entry
    }
}
