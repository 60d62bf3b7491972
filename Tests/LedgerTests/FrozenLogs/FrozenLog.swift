import Foundation
import Ledger
import Signing
import TestSupport

/// A log of a released rule set, and the digests of its states, as `fixtures/logs` keeps them.
struct FrozenLog: Codable {
    /// An entry: its ledger time, and the JWS as it was submitted.
    struct Entry: Codable {
        let time: String
        let jws: String
    }

    /// The state digest (spec/14) after so many entries.
    struct State: Codable {
        let size: UInt64
        let digest: String
    }

    let note: String
    /// The id of the ledger.
    let ledger: String
    var entries: [Entry]
    let states: [State]

    /// The file of a rule set.
    static func place(of rules: Int64) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "fixtures/logs/rules-\(rules).json")
    }

    /// The log of a rule set.
    static func read(_ rules: Int64) throws -> FrozenLog {
        try JSONDecoder().decode(FrozenLog.self, from: Data(contentsOf: place(of: rules)))
    }

    /// The log of a story, with a digest after every fourth entry and after the last one.
    init(_ story: NetworkStory, note: String) throws {
        self.note = note
        ledger = story.network.ledger.base64URL
        entries = story.ledger.entries.map {
            Entry(time: $0.time.description, jws: String(decoding: $0.text, as: UTF8.self))
        }
        var states: [State] = []
        var harness = LedgerHarness()
        for entry in story.ledger.entries {
            _ = try harness.apply(entry.text, at: entry.time)
            let size = harness.book.size
            guard size % 4 == 0 || Int(size) == story.ledger.entries.count else { continue }
            states.append(State(size: size, digest: harness.book.stateDigest().base64URL))
        }
        self.states = states
    }

    /// Replays the log with its signatures; returns the digests where the file states some.
    func replay() throws -> [String] {
        var harness = LedgerHarness()
        var digests: [String] = []
        for entry in entries {
            guard let time = Timestamp(entry.time) else { throw CocoaError(.coderInvalidValue) }
            _ = try harness.apply(Array(entry.jws.utf8), at: time)
            guard states.contains(where: { $0.size == harness.book.size }) else { continue }
            digests.append(harness.book.stateDigest().base64URL)
        }
        return digests
    }
}
