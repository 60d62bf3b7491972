import KontorEngine
import KontorStorage
import Ledger
import Signing
import TestSupport
import VerifiableLog

/// A history as texts and times, to be told to an engine whose clock is set to each of them.
struct RecordedHistory {
    /// The texts that took effect in a story, with their ledger times.
    let entries: [(text: [UInt8], time: Timestamp)]
    /// The signer of the log.
    let signer: NoteSigner
    /// The state digest of the story after each entry would be costly; this is the last one.
    let digest: Digest
    /// The network that signed, for more submissions.
    var network: Network

    /// Two partners, plain transfers, holds, commits and a reversal.
    static func mixed(transfers count: Int = 12) throws -> RecordedHistory {
        var story = try NetworkStory.founded(seed: 7, partners: ["nordwind", "harbour"])
        let terms = try story.agree(NetworkTerms.exchange())
        let held = try story.agree(NetworkTerms.held(NetworkTerms.redeem(), seconds: 60))
        let member = try story.member("nordwind", "harbour")
        for number in 0..<count {
            story.network.advance(seconds: 30)
            let item = Network.item(member, amount: Int64(100 + number))
            let isHeld = number % 3 == 2
            let text = story.network.transfers(
                from: "nordwind",
                terms: isHeld ? held : terms,
                items: [item]
            )
            let entry = try story.take(text)
            guard isHeld, number % 2 == 1 else { continue }
            try story.take(
                story.network.commit(entry, [(0, Int64(100 + number), 0)], by: "harbour")
            )
        }
        return RecordedHistory(story)
    }

    init(_ story: NetworkStory) {
        entries = story.ledger.entries.map { ($0.text, $0.time) }
        signer = story.network.logSigner
        digest = story.ledger.book.stateDigest()
        network = story.network
    }

    /// Tells everything from an index on to an engine, one commit an entry, and returns the
    /// answers.
    @discardableResult
    func tell(_ engine: Engine, _ clock: ManualClock, from start: Int = 0) throws -> [Answer] {
        var answers: [Answer] = []
        for entry in entries[start...] {
            clock.set(entry.time)
            answers += try engine.submitAndWait([entry.text])
        }
        return answers
    }

    /// A clock at the first entry.
    var clock: ManualClock { ManualClock(entries[0].time) }
}

extension Answer {
    /// The accepted entry, or nil.
    var accepted: AcceptedEntry? {
        if case .accepted(let entry) = self { entry } else { nil }
    }

    /// The code of a refusal, or nil.
    var code: String? {
        if case .refused(let refusal) = self { refusal.first.code } else { nil }
    }
}
