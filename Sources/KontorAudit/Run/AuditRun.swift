internal import Ledger
internal import Signing
internal import VerifiableLog

/// The one serial part of an audit: chain, tree, rules and state, entry by entry in order (spec/18
/// §2).
struct AuditRun {
    private let source: any EntrySource
    private let earlier: EarlierCheckpoint?
    private let ring: KeyRing
    /// The leaf hashes of the entries so far.
    let leaves: LeafHashes
    private let past: PastEntries
    /// The state after the entries so far.
    private(set) var book = Book()
    private var tree = TileTree()
    private var lastLeaf = Digest.zero
    private var lastTime = Timestamp.earliest
    private var ledger = Digest.zero
    private var seen: SeenIdentifiers
    private var heads = WindowHeads()
    private(set) var tally = Tally()

    /// A run before the first entry.
    init(
        source: any EntrySource,
        earlier: EarlierCheckpoint?,
        ring: KeyRing,
        temporaryDirectory: String
    ) {
        self.source = source
        self.earlier = earlier
        self.ring = ring
        leaves = LeafHashes(directory: temporaryDirectory)
        past = PastEntries(source, leaves)
        seen = SeenIdentifiers(directory: temporaryDirectory)
    }

    /// Checks entries and applies them one by one, or throws the first fault.
    mutating func apply(_ entries: [PreparedEntry]) throws {
        book.approach(entries.compactMap { try? $0.statement.get().0.statement })
        for entry in entries { try apply(entry) }
    }

    private mutating func apply(_ entry: PreparedEntry) throws {
        let time = try follow(entry)
        let (submission, signature) = try entry.statement.get()
        if case .unknownKey = signature { try verify(submission, at: entry.index) }
        try apply(submission, at: Position(index: entry.index, time: time, ledger: ledger))
        try heads.check(submission.statement, at: entry.index, in: book) { tree.root }
        try seen.insert(
            submission.statement.id.rawValue,
            of: submission.statement.signer,
            at: entry.index
        )
        try grow(entry)
        var isVerified = true
        if case .skipped = signature { isVerified = false }
        tally.add(submission.statement, at: entry.index, time, isVerified: isVerified)
    }

    /// The lowest index at which a (signer, id) stands that had stood before.
    mutating func firstRepetition() throws -> UInt64? {
        try seen.firstRepetition()
    }

    /// Compares the whole with the checkpoint; gives the state digest and the source's warnings.
    func finish(
        _ checkpoint: Checkpoint,
        key: VerifierKey
    ) throws -> (stateDigest: Digest, warnings: [String]) {
        guard tree.root == checkpoint.root else {
            throw AuditFault(
                .rootMismatch,
                index: nil,
                at: "checkpoint",
                "its root is \(checkpoint.root.base64), the entries hash to \(tree.root.base64)"
            )
        }
        guard book.origin == checkpoint.origin else {
            throw AuditFault(
                .originMismatch,
                index: nil,
                at: "checkpoint",
                "it is of \(checkpoint.origin), the genesis names \(book.origin)"
            )
        }
        let text = key.text
        guard book.logKeys.contains(where: { $0.vkey == text && $0.revokedAt == nil }) else {
            throw AuditFault(
                .logKeyNotRegistered,
                index: nil,
                at: "checkpoint",
                "the chain has not registered \(text), or has revoked it"
            )
        }
        let warnings = try source.finish(size: checkpoint.size, partial: tree.partialTiles)
        return (book.stateDigest(), warnings)
    }

    /// Index, link and time: the chain of spec/04 §3, by the leaf hashes that the tree takes too.
    private mutating func follow(_ entry: PreparedEntry) throws -> Timestamp {
        let link = try entry.link.get()
        let index = entry.index
        func fault(_ code: LogError.Code, _ place: String, _ reason: String) -> AuditFault {
            AuditFault(index: index, place: place, code: code.rawValue, reason: reason)
        }
        guard link.index == index, index == tree.size else {
            throw fault(.chainIndex, "line 2", "it says \(link.index); \(tree.size) is due here")
        }
        guard link.previous == lastLeaf else {
            throw fault(.chainPrevious, "line 4", "it must name the hash \(lastLeaf.base64)")
        }
        guard link.time >= lastTime else {
            throw fault(.chainTime, "line 3", "\(link.time) is before \(lastTime)")
        }
        lastLeaf = entry.leaf
        lastTime = link.time
        if index == 0 { ledger = entry.leaf }
        return link.time
    }

    /// Verifies by a key that the workers had not seen.
    private func verify(_ submission: SignedStatement, at index: UInt64) throws {
        do {
            if try submission.verify(key: { book.key($0) }) {
                if let key = book.key(submission.jws.keyID) { ring.add(key) }
                return
            }
        } catch {
            throw AuditFault(error, index: index)
        }
        throw AuditFault(
            index: index,
            place: "jws.header.kid",
            code: Rejection.unknownKey.rawValue,
            reason: "no key of this thumbprint was ever registered"
        )
    }

    private mutating func apply(_ submission: SignedStatement, at position: Position) throws {
        let past = past
        do {
            try book.apply(submission, at: position) { past.entry(at: $0, size: position.index) }
        } catch {
            try past.requireNoFailure()
            throw AuditFault(error, index: position.index)
        }
        try past.requireNoFailure()
    }

    /// Appends the leaf, compares the tiles that it completes, and the root where an earlier
    /// checkpoint stands.
    private mutating func grow(_ entry: PreparedEntry) throws {
        try leaves.append(entry.leaf)
        for tile in tree.append(entry.leaf) { try source.check(tile) }
        guard let earlier, earlier.checkpoint.size == tree.size else { return }
        guard tree.root == earlier.checkpoint.root else {
            throw AuditFault(
                index: entry.index,
                place: "earlier checkpoint of size \(tree.size)",
                code: LogError.Code.checkpointFork.rawValue,
                reason: "this log had another root there; keep both notes as evidence"
            )
        }
    }
}
