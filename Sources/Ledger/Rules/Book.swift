public import Signing

/// Where an entry stands: its index, its ledger time, and the ledger it belongs to.
public struct Position: Hashable, Sendable {
    /// The index of the entry.
    public var index: UInt64
    /// The ledger time.
    public var time: Timestamp
    /// The id of the ledger: the leaf hash of its genesis entry.
    public var ledger: Digest

    /// A position.
    public init(index: UInt64, time: Timestamp, ledger: Digest) {
        self.index = index
        self.time = time
        self.ledger = ledger
    }
}

/// An earlier entry that a commit or a reversal acts upon.
public struct PastEntry: Sendable {
    /// What it says.
    public let statement: Statement
    /// Its ledger time.
    public let time: Timestamp

    /// An earlier entry.
    public init(statement: Statement, time: Timestamp) {
        self.statement = statement
        self.time = time
    }
}

/// The state of a ledger, and the rules by which an entry changes it (spec/08 to spec/12).
///
/// It is a value: bytes and state go in, state or a refusal comes out. There is no clock, no chance
/// and no input or output in it, so that the live service, a replay, an audit and a simulation run
/// the same code. An entry that is refused leaves no trace.
public struct Book: Sendable {
    var registry = Registry()
    var counters = Counters()
    var members = MemberRegister()
    var acceptances = AcceptanceRegister()
    var exposures = Exposures()
    var holds = Holds()
    var totals: [Totals] = []
    var nights = Nights()
    var fixings = Fixings()
    var reconciliations = Reconciliations()
    var postings: [PostingKey: Posting] = [:]
    var totalsJournal: [(place: Int, before: Totals)] = []
    var postingsJournal: [(key: PostingKey, before: Posting?)] = []
    var postingsPurgeAt = 1_024
    /// Memory for the charges of one item, used again for the next.
    var chargesAtHand: [Charge] = []
    /// The number of entries that took effect.
    public internal(set) var size: UInt64 = 0
    /// The time of the last entry.
    public internal(set) var time = Timestamp.earliest

    /// The state before the first entry.
    public init() {}

    /// The id of the ledger, or nil before its genesis.
    public var ledger: Digest? { registry.ledger }
    /// The origin of the log, empty before the genesis.
    public var origin: String { registry.origin }
    /// The keys of the log.
    public var logKeys: [LogKeyRecord] { registry.logKeys }

    /// All keys that were ever registered.
    public var registeredKeys: [PublicKey] { registry.keyRecords.map(\.key) }

    /// The registered key of a thumbprint, or nil.
    ///
    /// A key stays known after it was revoked.
    public func key(_ thumbprint: Digest) -> PublicKey? {
        registry.key(thumbprint)?.key
    }

    /// Applies one verified submission, or says why not; then the state is as it was before.
    ///
    /// The caller has verified the signature, and knows that (signer, id) is new. It hands out
    /// earlier entries that the statement's `reference` names.
    ///
    /// Complexity: O(items).
    public mutating func apply(
        _ submission: SignedStatement,
        at position: Position,
        past: (UInt64) -> PastEntry?
    ) throws(Refusal) {
        do {
            try check(submission, at: position)
            releaseExpiredHolds(at: position.time)
            try perform(submission, at: position, past: past)
        } catch {
            rollBack()
            throw error
        }
        keep(at: position)
    }

    /// What a submission would be told, without any effect.
    public mutating func rehearse(
        _ submission: SignedStatement,
        at position: Position,
        past: (UInt64) -> PastEntry?
    ) -> Refusal? {
        defer { rollBack() }
        do {
            try check(submission, at: position)
            releaseExpiredHolds(at: position.time)
            guard case .transfers = submission.statement.body else { return nil }
            try perform(submission, at: position, past: past)
            return nil
        } catch {
            return error
        }
    }

    private mutating func perform(
        _ submission: SignedStatement,
        at position: Position,
        past: (UInt64) -> PastEntry?
    ) throws(Refusal) {
        let statement = submission.statement
        switch statement.body {
        case .transfers(let transfers):
            try apply(transfers, signer: statement.signer, at: position)
        case .transfersCommit(let entry, let items):
            try commit(entry, items, signer: statement.signer, at: position)
        case .transfersVoid(let entry, let items):
            try void(entry, items, signer: statement.signer, at: position)
        case .transfersReverse(let entry, let items):
            try reverse(entry, items, signer: statement.signer, at: position, past: past)
        default:
            do { try applyRare(submission, at: position) } catch { throw Refusal(error) }
        }
    }

    private mutating func keep(at position: Position) {
        counters.keep(now: position.time)
        exposures.keep()
        nights.keep()
        holds.keep()
        totalsJournal.removeAll(keepingCapacity: true)
        postingsJournal.removeAll(keepingCapacity: true)
        dropOldPostings(at: position.time)
        size = position.index + 1
        time = position.time
        lapse(at: position)
    }

    mutating func rollBack() {
        counters.rollBack()
        exposures.rollBack()
        nights.rollBack()
        holds.rollBack()
        for change in totalsJournal.reversed() { totals[change.place] = change.before }
        for change in postingsJournal.reversed() { postings[change.key] = change.before }
        totalsJournal.removeAll(keepingCapacity: true)
        postingsJournal.removeAll(keepingCapacity: true)
    }

    /// Forgets pending acts and proposals whose time is over.
    private mutating func lapse(at position: Position) {
        registry.pending.removeAll { $0.lapses <= position.time }
        registry.memberProposals.removeAll { $0.lapses <= position.time }
    }

    mutating func changeTotals(_ place: Int32, _ change: (inout Totals) -> Void) {
        if totalsJournal.last?.place != Int(place) {
            totalsJournal.append((Int(place), totals[Int(place)]))
        }
        change(&totals[Int(place)])
    }
}
