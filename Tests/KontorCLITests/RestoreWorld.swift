import ArgumentParser
import Foundation
import KontorEngine
import KontorStorage
import Ledger
import Signing
import TestSupport
import VerifiableLog

@testable import KontorCLI

/// Directories of one log, on which operators run our commands in any order, and copy files as they
/// like.
///
/// After every act each signed head that stands in a directory is noted with the entries below it.
struct RestoreWorld {
    /// What was done, by name, and how often it took effect.
    private(set) var done: [String: Int] = [:]
    /// The directories, by number.
    private(set) var directories: [String] = []
    private var network: Network
    private var random: RandomSource
    private let root: String
    private var invited = 0
    /// Under each key the log as its longest head states it.
    private var histories: [String: [Digest]] = [:]
    /// Two heads under one key that are not of one history.
    private(set) var forks: [String] = []

    /// A ledger of one operator.
    init(seed: UInt64, root: String) throws {
        let now = Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down))
        network = Network(seed: seed, now: Timestamp(milliseconds: now - 1_000))
        random = RandomSource(seed: seed)
        self.root = root
        try FileManager.default.createDirectory(
            atPath: root,
            withIntermediateDirectories: true
        )
        let first = makePath()
        try DataDirectory(path: first).create(signer: network.logSigner).close()
        try submit([network.genesis(operators: ["operator-a"])], to: first)
        let store = try DataDirectory(path: first).openStore()
        network.ledger = try LedgerReader(store: store).ledger()
        try store.close()
        try note("genesis")
    }

    /// One act that chance chooses; whatever is refused changes nothing.
    mutating func step() throws {
        let acts: [(String, Int64, (inout RestoreWorld) throws -> Void)] = [
            ("append", 30, { try $0.append() }), ("backup", 8, { try $0.backUp() }),
            ("restore", 10, { try $0.restore() }), ("tip", 10, { try $0.reachTip() }),
            ("hand over", 20, { try $0.handOver() }), ("new key", 8, { try $0.makeKey() }),
            ("enrol", 10, { try $0.enrol() }), ("copy key", 12, { try $0.copyKey() }),
            ("copy directory", 6, { try $0.copyDirectory() }),
        ]
        var ticket = random.number(0...acts.reduce(0) { $0 + $1.1 } - 1)
        for (name, weight, act) in acts {
            ticket -= weight
            guard ticket < 0 else { continue }
            do {
                try act(&self)
                done[name, default: 0] += 1
            } catch {
                done[name + " refused", default: 0] += 1
            }
            return try note(name)
        }
    }

    /// A mirror without a mark, as a tool would make it that knows of none.
    mutating func copyWithoutMark() throws {
        let source = try DataDirectory(path: directories[0]).openStore()
        let head = try source.head()
        var entries: [StoredEntry] = []
        try source.forEachEntry(in: 0..<UInt64.max) { entry in
            entries.append(entry)
            return true
        }
        try source.close()
        guard let head else { return }
        let path = makePath()
        let copy = try SQLiteLogStore(directory: path, access: .create)
        try copy.append(LogCommit(base: 0, entries: entries, tiles: [], head: head))
        try copy.close()
        try FileManager.default.copyItem(
            atPath: directories[0] + "/log.key",
            toPath: path + "/log.key"
        )
        for directory in [directories[0], path] {
            invited += 1
            try submit([network.invite("partner-\(invited)")], to: directory)
        }
        try note("copy without a mark")
    }

    private mutating func makePath() -> String {
        let path = "\(root)/\(directories.count)"
        directories.append(path)
        return path
    }

    /// A directory with a ledger, mostly one that the act is meant for.
    private mutating func pick(
        _ isMeant: (Standing.State) -> Bool = { _ in true }
    ) throws -> String {
        let isAny = random.chance(25)
        let some = directories.filter { path in
            guard let store = try? DataDirectory(path: path).openStore() else { return false }
            defer { try? store.close() }
            return isAny || (try? store.standing()).map { isMeant($0.state) } ?? false
        }
        guard let path = random.pick(some) else { throw CommandError("none") }
        return path
    }

    private static func writes(_ state: Standing.State) -> Bool { state == .writes }

    private static func waits(_ state: Standing.State) -> Bool {
        if case .restored = state { true } else { false }
    }

    private func submit(_ texts: [[UInt8]], to path: String) throws {
        let engine = try DataDirectory(path: path).openEngine()
        defer { try? engine.close() }
        for answer in try engine.submitAndWait(texts) {
            if case .refused(let refusal) = answer { throw refusal }
        }
    }

    private mutating func append() throws {
        let path = try pick(Self.writes)
        let texts = (0..<random.number(1...3)).map { _ in
            invited += 1
            return network.invite("partner-\(invited)")
        }
        try submit(texts, to: path)
    }

    private mutating func backUp() throws {
        let store = try DataDirectory(path: try pick()).openStore()
        defer { try? store.close() }
        let path = makePath()
        _ = try store.copy(to: path)
        try DataDirectory(path: path).writeVerifier(
            DataDirectory(path: (store.directory)).readVerifier()
        )
    }

    private mutating func restore() throws {
        let from = try pick()
        let key = try DataDirectory(path: from).readVerifier()
        _ = try RestoredDirectory.make(makePath(), from: Mirrors.open(from), key: key)
    }

    private mutating func reachTip() throws {
        let directory = try RestoredDirectory(DataDirectory(path: try pick(Self.waits)))
        defer { try? directory.store.close() }
        try reachTip(directory, of: try pick())
    }

    private func reachTip(_ directory: RestoredDirectory, of mirror: String) throws {
        let key = try DataDirectory(path: mirror).readVerifier()
        let source = try Mirrors.open(mirror)
        let tip = try Tip(of: source, key: key)
        try CatchUp(store: directory.store, place: directory.data.path, key: key)
            .run(source, to: tip)
    }

    private mutating func handOver() throws {
        let directory = try RestoredDirectory(DataDirectory(path: try pick(Self.waits)))
        defer { try? directory.store.close() }
        let old = DataDirectory(path: try pick(Self.writes))
        try HandOver(new: directory, old: old, key: old.readVerifier()).run()
    }

    private mutating func makeKey() throws {
        let directory = try RestoredDirectory(DataDirectory(path: try pick(Self.waits)))
        defer { try? directory.store.close() }
        _ = try LogKeyChange(directory: directory).prepare(origin: network.origin)
    }

    private mutating func enrol() throws {
        let directory = try RestoredDirectory(DataDirectory(path: try pick(Self.waits)))
        defer { try? directory.store.close() }
        try? reachTip(directory, of: try pick(Self.writes))
        let old = try directory.data.readVerifier()
        let new = try directory.data.readSigner().verifier
        let texts = [
            network.sign(.logKeyAdd, by: "operator-a", ["vkey": .string(new.text)]),
            network.sign(.logKeyRevoke, by: "operator-a", ["vkey": .string(old.text)]),
        ]
        let file = root + "/enrolment"
        try Data(texts.reduce([]) { $0 + $1 + [0x0a] }).write(to: URL(fileURLWithPath: file))
        _ = try LogKeyChange(directory: directory).enrol(file, oldKey: old, acceptTime: false)
    }

    /// Someone copies a secret key by hand.
    private mutating func copyKey() throws {
        let (from, to) = (try pick() + "/log.key", try pick() + "/log.key")
        guard from != to, FileManager.default.fileExists(atPath: from) else {
            throw CommandError("none")
        }
        try? FileManager.default.removeItem(atPath: to)
        try FileManager.default.copyItem(atPath: from, toPath: to)
    }

    /// Someone copies a directory by hand; only of one that writes this cannot be told.
    private mutating func copyDirectory() throws {
        let from = try pick()
        let store = try DataDirectory(path: from).openStore()
        let standing = try store.standing()
        try store.close()
        guard standing.state != .writes else { throw CommandError("none") }
        try FileManager.default.copyItem(atPath: from, toPath: makePath())
    }

    /// Notes every head, and compares it with the history that its key has signed so far.
    private mutating func note(_ act: String) throws {
        for path in directories where FileManager.default.fileExists(atPath: path + "/ledger.db") {
            let store = try DataDirectory(path: path).openStore()
            defer { try? store.close() }
            guard let head = try store.head(), !head.checkpoint.isEmpty else { continue }
            let leaves = try leaves(store, head.size)
            let note = try SignedNote(parsing: head.checkpoint)
            for signature in note.signatures {
                let key = "\(signature.name) \(signature.keyID)"
                let known = histories[key] ?? []
                let common = min(known.count, leaves.count)
                if known[..<common] != leaves[..<common] {
                    forks.append("\(act): \(path) has another entry under \(key)")
                }
                if leaves.count > known.count { histories[key] = leaves }
            }
        }
    }

    private func leaves(_ store: SQLiteLogStore, _ size: UInt64) throws -> [Digest] {
        var chain = EntryChain()
        var leaves: [Digest] = []
        try store.forEachEntry(in: 0..<size) { entry in
            let jws = try JWS(
                header: entry.header,
                payload: entry.payload,
                signature: entry.signature
            )
            let frame = try chain.frame(jws: jws.compact, clock: entry.time)
            leaves.append(try chain.append(frame))
            return true
        }
        return leaves
    }
}
