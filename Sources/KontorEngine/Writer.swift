internal import Foundation
internal import KontorStorage
internal import Ledger
internal import Signing
internal import VerifiableLog

/// The one writer: applies submissions in their order, and makes groups of them ready to be
/// durable.
///
/// Order of a group: rules, chain, tree, signature of the tree head; then, while the next group is
/// applied, one durable transaction and the answers. If the transaction fails, the state here is
/// ahead of the log, so the writer stops and must be opened again.
struct Writer {
    /// After how many entries the projection is saved.
    static let flushEntries: UInt64 = 100_000
    /// After how many bytes of payload the projection is saved; some 1.5 million transfers of
    /// batches.
    static let flushBytes = 256 << 20

    let store: any LogStore
    let signer: NoteSigner
    let clock: any LedgerClock
    let directory: KeyDirectory
    /// The epoch at which the store was opened; a later one ends this writer.
    let epoch: UInt64
    var book: Book
    var chain: EntryChain
    var tree: TileTree
    var recent: RecentSubmissions
    var watermark: UInt64
    /// The group before the present one, which may not be in the store yet.
    private var lastEntries: [StoredEntry] = []
    private var bytesSinceFlush = 0
    private var isStopped = false
    /// The number of entries after the last one that may have changed who logs in.
    private var accessSize: UInt64 = 0

    init(
        store: any LogStore,
        signer: NoteSigner,
        clock: any LedgerClock,
        directory: KeyDirectory,
        state: RecoveredState,
        epoch: UInt64 = 0
    ) {
        self.epoch = epoch
        self.store = store
        self.signer = signer
        self.clock = clock
        self.directory = directory
        book = state.book
        chain = state.chain
        tree = state.tree
        recent = state.recent
        watermark = state.watermark
    }

    /// Applies a group of submissions, and says what has to be durable before its answers are
    /// given.
    ///
    /// Answers stand in the order of the submissions.
    mutating func apply(_ group: [PreparedSubmission]) throws -> AppliedGroup {
        guard !isStopped else {
            throw EngineError.stopped
        }
        let time = max(try clock.now(), book.time)
        let base = chain.size
        var applied = AppliedGroup()
        var entries: [StoredEntry] = []
        var tiles: [HashTile] = []
        applied.answers.reserveCapacity(group.count)
        do {
            for submission in group {
                var answer = try answer(submission, at: time, &entries, &tiles)
                if case .refused(var refusal) = answer {
                    refusal.judgedAt = Position(
                        index: chain.size,
                        time: time,
                        ledger: book.ledger ?? .zero
                    )
                    answer = .refused(refusal)
                }
                applied.answers.append(answer)
            }
            if !entries.isEmpty { try finish(&applied, entries, tiles, base: base) }
        } catch {
            isStopped = true
            throw error
        }
        return applied
    }

    /// Ends all writing, since the log lacks what the state here holds.
    mutating func stop() {
        isStopped = true
    }

    private mutating func answer(
        _ submission: PreparedSubmission,
        at time: Timestamp,
        _ entries: inout [StoredEntry],
        _ tiles: inout [HashTile]
    ) throws -> Answer {
        let statement: SignedStatement
        switch submission.result {
        case .failure(let refusal): return .refused(refusal)
        case .success(let value): statement = value
        }
        if let known = try known(statement, entries) { return known }
        do throws(Refusal) {
            if !submission.isVerified { try verify(statement) }
            try checkLogKey(statement)
        } catch {
            return .refused(error)
        }
        let frame = try chain.frame(jws: submission.text, clock: time)
        let leafHash = frame.leafHash
        let position = Position(
            index: frame.index,
            time: frame.time,
            ledger: book.ledger ?? leafHash
        )
        let store = store
        let lastEntries = lastEntries
        var fault: (any Error)?
        do throws(Refusal) {
            try book.apply(statement, at: position) { index in
                do { return try Self.past(index, entries, lastEntries, store) } catch {
                    fault = error
                    return nil
                }
            }
        } catch {
            if let fault { throw fault }
            return .refused(error)
        }
        take(statement, frame, leafHash, &entries, &tiles)
        return .accepted(
            AcceptedEntry(
                index: frame.index,
                time: frame.time,
                previous: frame.previous,
                id: statement.statement.id,
                leafHash: leafHash
            )
        )
    }

    private mutating func take(
        _ statement: SignedStatement,
        _ frame: EntryFrame,
        _ leafHash: Digest,
        _ entries: inout [StoredEntry],
        _ tiles: inout [HashTile]
    ) {
        chain = EntryChain(continuing: frame, leafHash: leafHash)
        tiles += tree.append(leafHash)
        recent.note(statement.statement.signer, statement.statement.id, at: frame.index)
        if statement.statement.kind != .transfers { noteKeys(of: statement) }
        if statement.statement.kind.changesAccess { accessSize = frame.index + 1 }
        bytesSinceFlush += statement.jws.payload.count
        entries.append(
            StoredEntry(
                index: frame.index,
                time: frame.time,
                submitter: statement.statement.signer,
                id: statement.statement.id.rawValue,
                header: statement.jws.header,
                payload: statement.jws.payload,
                signature: statement.jws.signature
            )
        )
    }

    private mutating func finish(
        _ applied: inout AppliedGroup,
        _ entries: [StoredEntry],
        _ tiles: [HashTile],
        base: UInt64
    ) throws {
        let prover = InclusionProver(tree)
        let checkpoint = try Checkpoint(origin: book.origin, size: tree.size, root: prover.root)
        let note = try checkpoint.signed(by: signer)
        applied.commit = LogCommit(
            base: base,
            entries: entries,
            tiles: tiles.map { StoredTile(level: $0.level, index: $0.index, bytes: $0.bytes) },
            head: LogHead(size: tree.size, root: checkpoint.root, checkpoint: note.bytes),
            authority: .writer(epoch: epoch)
        )
        applied.filledTiles = tiles
        applied.published = Published(
            prover: prover,
            checkpoint: note,
            ledger: book.ledger ?? .zero,
            time: book.time,
            accessSize: accessSize
        )
        lastEntries = entries
        if tree.size - watermark >= Self.flushEntries || bytesSinceFlush >= Self.flushBytes {
            applied.projection = try takeProjection()
        }
    }

    /// Exactly once: the same key and payload are the same submission, anything else under its id
    /// is refused.
    private func known(_ statement: SignedStatement, _ entries: [StoredEntry]) throws -> Answer? {
        let signer = statement.statement.signer
        let id = statement.statement.id
        var index = recent.index(of: signer, id)
        if index == nil, recent.mayBeStored(id) {
            index = try store.index(of: signer, id: id.rawValue)
        }
        guard let index, let stored = try Self.entry(index, entries, lastEntries, store) else {
            return nil
        }
        let jws = try JWS(
            header: stored.header,
            payload: stored.payload,
            signature: stored.signature
        )
        if jws.keyID == statement.jws.keyID, jws.payload == statement.jws.payload {
            return .known(index: index)
        }
        return .refused(
            Refusal(
                Fault(.idReused, at: "id", "entry \(index) bears this id and says something else")
            )
        )
    }

    /// A genesis entry names the key that this writer signs with, so that nobody founds a log that
    /// it cannot sign.
    private func checkLogKey(_ statement: SignedStatement) throws(Refusal) {
        guard case .genesis(let genesis) = statement.statement.body else { return }
        let key = signer.verifier.text
        guard genesis.logKey == key, statement.statement.place == .origin(signer.verifier.name)
        else {
            throw Refusal(Fault(.invalidValue, at: "logKey", "this writer signs as \(key)"))
        }
    }

    private func verify(_ statement: SignedStatement) throws(Refusal) {
        let isKnown = try statement.verify { book.key($0) }
        guard isKnown else {
            throw Refusal(
                Fault(
                    .unknownKey,
                    at: "jws.header.kid",
                    "no key of this thumbprint was ever registered"
                )
            )
        }
    }

    private mutating func noteKeys(of statement: SignedStatement) {
        if let key = book.key(statement.jws.keyID) { directory.note(key) }
        for offered in statement.statement.offeredKeys { directory.note(offered.key) }
    }

    private static func past(
        _ index: UInt64,
        _ entries: [StoredEntry],
        _ lastEntries: [StoredEntry],
        _ store: any LogStore
    ) throws -> PastEntry? {
        guard let stored = try entry(index, entries, lastEntries, store) else { return nil }
        return PastEntry(statement: try Statement(payload: stored.payload), time: stored.time)
    }

    /// An entry of the group that is being applied, of the one before, or of the log.
    private static func entry(
        _ index: UInt64,
        _ entries: [StoredEntry],
        _ lastEntries: [StoredEntry],
        _ store: any LogStore
    ) throws -> StoredEntry? {
        for list in [entries, lastEntries] {
            guard let first = list.first, index >= first.index else { continue }
            let place = Int(index - first.index)
            return list.indices.contains(place) ? list[place] : nil
        }
        return try store.entry(at: index)
    }

    /// What the projection lacks of the state up to here, or nil if it lacks nothing.
    mutating func takeProjection() throws -> ProjectionCodec.Changes? {
        guard tree.size > watermark, !isStopped else { return nil }
        watermark = tree.size
        bytesSinceFlush = 0
        return try ProjectionCodec.changes(of: &book)
    }
}
