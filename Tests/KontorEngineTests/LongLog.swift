import KontorEngine
import KontorStorage
import Ledger
import Signing
import TestSupport
import Testing
import VerifiableLog

/// A log of many small entries: one partner that defines programs.
struct LongLog {
    let store: any LogStore
    let clock: ManualClock
    let signer: NoteSigner
    private(set) var engine: Engine
    var network: Network
    /// What was accepted, in order, with its text.
    private(set) var entries: [AcceptedEntry] = []
    private(set) var texts: [[UInt8]] = []

    init(store: any LogStore = MemoryLogStore(), queueLimit: Int = 16_384) throws {
        let story = try NetworkStory.founded(seed: 5, partners: ["nordwind", "harbour"])
        network = story.network
        self.store = store
        clock = ManualClock(network.now)
        signer = network.logSigner
        engine = try Engine(
            store: store,
            signer: signer,
            clock: clock,
            queueLimit: queueLimit
        )
        try submit(story.ledger.entries.map(\.text))
    }

    /// Another text that will be accepted.
    mutating func text() -> [UInt8] {
        let id = network.nextID()
        return network.sign(
            .programDefine,
            by: "nordwind",
            ["program": .string("nordwind/p\(id.rawValue & 0xffff_ffff)"), "scale": 0],
            id: id
        )
    }

    mutating func texts(_ count: Int) -> [[UInt8]] { (0..<count).map { _ in text() } }

    mutating func submit(_ list: [[UInt8]]) throws {
        for (text, answer) in zip(list, try engine.submitAndWait(list)) {
            entries.append(try #require(answer.accepted))
            texts.append(text)
        }
    }

    /// Adds entries in one commit, until the log has so many.
    mutating func grow(to size: Int) throws {
        if size > entries.count { try submit(texts(size - entries.count)) }
    }

    mutating func reopen() throws {
        engine = try Engine(store: store, signer: signer, clock: clock)
    }

    var leaves: [Digest] { entries.map(\.leafHash) }
}
