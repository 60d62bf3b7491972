import Foundation
import KontorAudit
import KontorStorage
import Ledger
import Signing
import TestSupport
import Testing
import VerifiableLog

/// A log as an operator would write it anew who has every operator key and the key of the log, and
/// no key of a partner.
///
/// Frames, links, tree and checkpoint always are what the entries give, so that nothing but rules
/// and partners' signatures can show what was changed.
struct ForgedLog {
    /// The JWS texts with their ledger times.
    private(set) var entries: [(text: [UInt8], time: Timestamp)] = []
    /// Whether it signs partners' entries with a key of the operator.
    var signsForPartners = false
    private let network: Network

    /// The true log of a store.
    init(_ store: any LogStore, _ network: Network) throws {
        self.network = network
        var chain = EntryChain()
        var list: [(text: [UInt8], time: Timestamp)] = []
        try store.forEachEntry(in: 0..<(try store.head()?.size ?? 0)) { entry in
            let jws = try JWS(
                header: entry.header,
                payload: entry.payload,
                signature: entry.signature
            )
            list.append((jws.compact, entry.time))
            return true
        }
        for (text, time) in list { try chain.append(try chain.frame(jws: text, clock: time)) }
        entries = list
    }

    /// The index of the entry of a kind whose payload holds a text; the first such one.
    func index(of kind: Kind, with text: String = "") throws -> Int {
        try #require(
            try entries.firstIndex { entry in
                let payload = try Self.payload(entry.text)
                return payload.contains("\"kind\":\"\(kind.rawValue)\"")
                    && (text.isEmpty || payload.contains(text))
            }
        )
    }

    /// Writes an entry anew with another member.
    mutating func set(_ index: Int, _ path: String, _ value: JSONValue) throws {
        let payload = try JSONValue(parsing: Array(try payload(index).utf8))
        try replace(index, by: payload.with(path, value))
    }

    /// Writes an entry anew with other words.
    mutating func change(_ index: Int, _ old: String, to new: String) throws {
        let payload = try payload(index)
        let changed = payload.replacingOccurrences(of: old, with: new)
        try #require(changed != payload, "\(payload) has no \(old)")
        try replace(index, by: try JSONValue(parsing: Array(changed.utf8)))
    }

    /// Writes an entry anew: signed by who signed it if that is an operator, with the old signature
    /// if it is a partner, whose key the attacker has not; or with the operator's key all the same.
    private mutating func replace(_ index: Int, by payload: JSONValue) throws {
        guard case .string(let signer)? = payload["partner"] else {
            Issue.record("an entry without partner")
            return
        }
        if signer.hasPrefix("operator-") || signsForPartners {
            let name = signer.hasPrefix("operator-") ? signer : "operator-a"
            entries[index].text = network.sign(payload: payload.text, with: name)
        } else {
            let jws = try JWS(parsing: entries[index].text)
            entries[index].text = try JWS(
                header: jws.header,
                payload: payload.text,
                signature: jws.signature
            ).compact
        }
    }

    /// Repeats an entry behind itself, under an id of its own.
    mutating func `repeat`(_ index: Int, id: UUIDv7) throws {
        entries.insert(entries[index], at: index + 1)
        try set(index + 1, "id", .string(id.description))
    }

    /// Leaves an entry out.
    mutating func remove(_ index: Int) { entries.remove(at: index) }

    /// States in each calculation the root that the forged log had where its window ended.
    mutating func recomputeHeads(but kept: Int? = nil) throws {
        var chain = EntryChain()
        var range = CompactRange()
        var roots = [range.root]
        for index in entries.indices {
            let payload = try payload(index)
            if index != kept, payload.contains("\"kind\":\"settlement.calculate\"") {
                let value = try JSONValue(parsing: Array(payload.utf8))
                guard case .integer(let size)? = value["size"], size < roots.count else { continue }
                let root = roots[Int(size)].base64URL
                if value["head"] != .string(root) { try set(index, "head", .string(root)) }
            }
            let frame = try chain.frame(jws: entries[index].text, clock: entries[index].time)
            try chain.append(frame)
            range.append(frame.leafHash)
            roots.append(range.root)
        }
    }

    /// The payload of an entry.
    func payload(_ index: Int) throws -> String { try Self.payload(entries[index].text) }

    private static func payload(_ text: [UInt8]) throws -> String {
        String(decoding: try JWS(parsing: text).payload, as: UTF8.self)
    }

    /// The checkpoint over the entries, signed with the key of the log.
    func note() throws -> [UInt8] {
        var range = CompactRange()
        for frame in try frames() { range.append(frame.leafHash) }
        let signer = network.logSigner
        return try Checkpoint(origin: signer.verifier.name, size: range.size, root: range.root)
            .signed(by: signer).bytes
    }

    private func frames() throws -> [EntryFrame] {
        var chain = EntryChain()
        return try entries.map { text, time in
            let frame = try chain.frame(jws: text, clock: time)
            try chain.append(frame)
            return frame
        }
    }

    /// What an audit finds, from the log's key and the bytes alone.
    func audit(since earlier: EarlierCheckpoint? = nil) throws -> AuditReport {
        let note = try note()
        let count = UInt32(note.count)
        var bytes = BundleSource.magic
        bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + note
        for frame in try frames() { try EntryBundle.append(frame.bytes, to: &bytes) }
        let path = FileManager.default.temporaryDirectory.appending(
            path: "forged-\(UUID().uuidString)"
        ).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return try Auditor(workerCount: 2).run(
            try BundleSource(path: path),
            key: network.logSigner.verifier,
            since: earlier
        )
    }
}
