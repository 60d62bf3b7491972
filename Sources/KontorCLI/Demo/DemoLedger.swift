internal import Dispatch
internal import Foundation
internal import KontorEngine
internal import KontorStorage
internal import Ledger
internal import Signing
internal import Synchronization
internal import VerifiableLog

/// The ledger of a demonstration: its files, its clock, and the keys of everybody in it.
///
/// Time stands still while submissions are under way, so that the same seed gives the same log.
final class DemoLedger {
    static let origin = "demo.kontor.example"
    /// The operators, of which one acts and the other approves.
    static let operators = ["harbour-office", "salt-office"]
    /// Monday, 2026-06-01T06:00:00.000Z.
    static let start = Timestamp("2026-06-01T06:00:00.000Z") ?? .earliest

    let engine: Engine
    let clock = ManualClock(DemoLedger.start)
    let seed: UInt64
    let logSigner: NoteSigner
    /// The id of the ledger, zero before it is founded.
    var id = Digest.zero
    var random: DemoRandom
    private var keys: [String: DemoKey] = [:]

    /// Makes an empty ledger in a store.
    init(store: any LogStore, seed: UInt64) throws {
        self.seed = seed
        random = DemoRandom(seed: seed)
        logSigner = try Self.logSigner(seed: seed)
        engine = try Engine(store: store, signer: logSigner, clock: clock)
    }

    static func logSigner(seed: UInt64) throws -> NoteSigner {
        try NoteSigner(name: origin, key: DemoKey(seed: seed, name: origin, use: "log").key)
    }

    var now: Timestamp { clock.now() }

    /// The key with which someone signs entries.
    func key(of name: String) throws -> DemoKey {
        if let key = keys[name] { return key }
        throw CommandError("\(name) has no key; the network names a partner that it does not have")
    }

    /// Makes a key the one with which someone signs entries from now on.
    func setKey(_ key: DemoKey, of name: String) {
        keys[name] = key
    }

    /// A new id, of a moment shortly before now.
    func newID(before milliseconds: Int64 = 0) throws -> UUIDv7 {
        let age = milliseconds + Int64(random.below(4_000))
        let high = UInt16(truncatingIfNeeded: random.next())
        let moment = now.advanced(byMilliseconds: -age)
        guard let id = UUIDv7(timestamp: moment, high: high, low: random.next()) else {
            throw CommandError("no id has the time \(moment)")
        }
        return id
    }

    /// A draft of a kind by a signer, with a new id.
    func draft(_ kind: Kind, by signer: String, _ members: JSONValue = .object([])) throws -> Draft
    {
        Draft(kind, in: .ledger(id), by: signer, id: try newID(), members)
    }

    /// Signs drafts on all cores, in their order, each by the key of its signer.
    func sign(_ drafts: [Draft]) throws -> [[UInt8]] {
        let jobs = try drafts.map { (draft: $0, key: try key(of: $0.signer)) }
        return try Self.inParallel(jobs) { try $0.key.sign($0.draft) }
    }

    /// Submits registry entries, which are all accepted; one that is not ends the demonstration.
    @discardableResult
    func enter(_ drafts: [Draft]) throws -> [AcceptedEntry] {
        let answers = try submit(try sign(drafts))
        clock.advance(byMilliseconds: 1_000)
        return try zip(drafts, answers).map { draft, answer in
            guard case .accepted(let entry) = answer else {
                throw CommandError(
                    "\(draft.kind.rawValue) of \(draft.signer) was not accepted: \(answer)"
                )
            }
            return entry
        }
    }

    /// Submits acts of the first operator, and has the second one approve them.
    func enterByFourEyes(_ acts: [(kind: Kind, members: JSONValue)]) throws {
        try enterForApproval(try acts.map { try draft($0.kind, by: Self.operators[0], $0.members) })
    }

    /// Submits acts that wait for an operator, and has the second one approve them.
    func enterForApproval(_ acts: [Draft]) throws {
        let approvals = try enter(acts).map { entry in
            let index = JSONValue.integer(Int64(entry.index))
            return try draft(.operatorApprove, by: Self.operators[1], ["entry": index])
        }
        try enter(approvals)
    }

    /// Submits texts in chunks and waits for all answers, which stand in the order of the texts.
    func submit(_ texts: [[UInt8]]) throws -> [Answer] {
        let collected = Mutex<[Answer]>([])
        var start = 0
        try engine.submitAll(
            next: {
                guard start < texts.count else { return nil }
                defer { start += Self.chunk }
                return Array(texts[start..<min(texts.count, start + Self.chunk)])
            },
            answers: { list in collected.withLock { $0 += list } }
        )
        return collected.withLock { $0 }
    }

    private static let chunk = 512

    /// Does the same with each element on all cores; results stand in the order of the elements.
    static func inParallel<Element: Sendable, Result: Sendable>(
        _ elements: [Element],
        _ work: @Sendable (Element) throws -> Result
    ) throws -> [Result] {
        let share = 16
        let parts = (elements.count + share - 1) / share
        let done = Mutex<[[Result]]>(Array(repeating: [], count: parts))
        let failure = Mutex<(any Error)?>(nil)
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            do {
                let range = part * share..<min(elements.count, (part + 1) * share)
                let results = try elements[range].map(work)
                done.withLock { $0[part] = results }
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        return done.withLock { $0.flatMap { $0 } }
    }
}
