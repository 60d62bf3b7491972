import KontorAudit
import KontorStorage
import Ledger
import Signing
import TestSupport
import VerifiableLog

/// A small ledger as texts and times, and what an honest or a false operator makes of it.
struct AuditedLedger: Sendable {
    /// The JWS texts with their ledger times.
    var entries: [(text: [UInt8], time: Timestamp)]
    /// Who signs the checkpoints.
    var logSigner: NoteSigner
    /// The partners' keys and clock.
    var network: Network

    /// The ledger of a story.
    init(_ story: NetworkStory) {
        entries = story.ledger.entries.map { ($0.text, $0.time) }
        logSigner = story.network.logSigner
        network = story.network
    }

    /// Eight entries: one partner, an agreement within it, a member, and one transfer.
    static func tiny() throws -> AuditedLedger {
        var network = Network(seed: 18)
        let genesis = network.genesis(operators: ["operator-a"])
        var story = NetworkStory(network)
        try story.take(genesis)
        try story.admit("nordwind")
        let terms = try story.agree(NetworkTerms.inside())
        let member = try story.member("nordwind", "nordwind")
        let item = Network.item(member, amount: 40)
        try story.take(story.network.transfers(from: "nordwind", terms: terms, items: [item]))
        return AuditedLedger(story)
    }

    /// Two partners, and so many transfers of one item; each tenth is held, committed and reversed.
    static func network(transfers count: Int) throws -> AuditedLedger {
        var story = try NetworkStory.founded(seed: 19, partners: ["nordwind", "harbour"])
        let terms = try story.agree(NetworkTerms.exchange())
        let held = try story.agree(NetworkTerms.held(NetworkTerms.redeem()))
        let member = try story.member("nordwind", "harbour")
        for number in 0..<count {
            story.network.advance(seconds: 1)
            let item = Network.item(member, amount: Int64(100 + number))
            let isHeld = number % 10 == 9
            let text = story.network.transfers(
                from: "nordwind",
                terms: isHeld ? held : terms,
                items: [item]
            )
            let entry = try story.take(text)
            guard isHeld else { continue }
            let credit = Int64(100 + number)
            let commit = story.network.commit(entry, [(0, credit, 0)], by: "harbour")
            let posted = try story.take(commit)
            let rest = Network.reversal(0, debit: credit, credit: credit)
            try story.take(story.network.reverse(posted, [rest], by: "harbour"))
        }
        return AuditedLedger(story)
    }

    /// The verifier key of the log.
    var key: VerifierKey { logSigner.verifier }

    /// The frames, chained.
    func frames() throws -> [EntryFrame] {
        var chain = EntryChain()
        var frames: [EntryFrame] = []
        for (text, time) in entries {
            let frame = try chain.frame(jws: text, clock: time)
            try chain.append(frame)
            frames.append(frame)
        }
        return frames
    }

    /// The signed checkpoint over the first entries.
    func note(size: Int? = nil) throws -> [UInt8] {
        var range = CompactRange()
        for frame in try frames().prefix(size ?? entries.count) { range.append(frame.leafHash) }
        let checkpoint = try Checkpoint(
            origin: logSigner.verifier.name,
            size: range.size,
            root: range.root
        )
        return try checkpoint.signed(by: logSigner).bytes
    }

    /// A store of the first entries, each one changed on its way in.
    func store(
        size: Int? = nil,
        change: (inout StoredEntry) -> Void = { _ in }
    ) throws -> MemoryLogStore {
        let store = MemoryLogStore()
        try append(to: store, from: 0, size: size ?? entries.count, change: change)
        return store
    }

    /// Appends entries of this ledger to a store that has those before them.
    func append(
        to store: any LogStore,
        from base: Int,
        size: Int,
        change: (inout StoredEntry) -> Void = { _ in }
    ) throws {
        var tree = TileTree()
        var commit = LogCommit(
            base: UInt64(base),
            entries: [],
            tiles: [],
            head: LogHead(size: 0, root: .zero, checkpoint: [])
        )
        for frame in try frames().prefix(size) {
            let tiles = tree.append(frame.leafHash)
            guard frame.index >= UInt64(base) else { continue }
            commit.tiles += tiles.map { tile in
                StoredTile(level: tile.level, index: tile.index, bytes: tile.bytes)
            }
            commit.entries.append(try Self.stored(frame, change))
        }
        commit.head = LogHead(
            size: UInt64(size),
            root: tree.root,
            checkpoint: try note(size: size)
        )
        try store.append(commit)
    }

    private static func stored(
        _ frame: EntryFrame,
        _ change: (inout StoredEntry) -> Void
    ) throws -> StoredEntry {
        let jws = try JWS(parsing: frame.jws)
        let value = try JSONValue(parsing: jws.payload)
        var submitter = ""
        var id: UInt128 = 0
        if case .string(let text)? = value["partner"] { submitter = text }
        if case .string(let text)? = value["id"] { id = UUIDv7(text)?.rawValue ?? 0 }
        var entry = StoredEntry(
            index: frame.index,
            time: frame.time,
            submitter: submitter,
            id: id,
            header: jws.header,
            payload: jws.payload,
            signature: jws.signature
        )
        change(&entry)
        return entry
    }

    /// A bundle file of raw entries under a note.
    static func bundle(note: [UInt8], entries: [[UInt8]]) throws -> [UInt8] {
        let count = UInt32(note.count)
        var bytes = BundleSource.magic
        for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
        bytes += note
        for entry in entries { try EntryBundle.append(entry, to: &bytes) }
        return bytes
    }
}
