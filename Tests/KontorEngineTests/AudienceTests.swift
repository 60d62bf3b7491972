import KontorEngine
import KontorStorage
import Ledger
import Signing
import TestSupport
import Testing

/// Who may read the entries of a log, asked by index.
struct AudienceTests {
    @Test func readersFollowFromTheEntryItself() throws {
        var story = try NetworkStory.founded(seed: 7, partners: ["nordwind", "harbour"])
        let held = try story.agree(NetworkTerms.held(NetworkTerms.redeem(), seconds: 60))
        let member = try story.member("nordwind", "harbour")
        let items = [Network.item(member, amount: 9)]
        let hold = try story.take(
            story.network.transfers(from: "nordwind", terms: held, items: items)
        )
        let commit = try story.take(story.network.commit(hold, [(0, 9, 0)], by: "harbour"))
        let reversal = Network.reversal(0, debit: 9, credit: 9)
        try story.take(story.network.reverse(commit, [reversal], by: "harbour"))
        try Self.argue(&story, under: held)
        let history = RecordedHistory(story)
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let store = try SQLiteLogStore(directory: directory.path, access: .create)
        let clock = history.clock
        var engine = try Engine(store: store, signer: history.signer, clock: clock)
        try history.tell(engine, clock)
        let acceptances = try (0..<UInt64(history.entries.count)).filter { index in
            guard let body = try engine.statement(at: index)?.body else { return false }
            guard case .memberOpenAcceptance = body else { return false }
            return true
        }
        #expect(!acceptances.isEmpty)
        for isReopened in [false, true] {
            if isReopened {
                // With a projection and without a replay: what it needs was saved.
                try engine.close()
                let store = try SQLiteLogStore(directory: directory.path, access: .readWrite)
                engine = try Engine(store: store, signer: history.signer, clock: clock)
                #expect(engine.replayedEntries == 0)
            }
            for index in 0..<UInt64(history.entries.count) {
                let statement = try #require(try engine.statement(at: index))
                let audience = try #require(try engine.audience(at: index))
                let isPublic = statement.kind.rule.readers == .all
                #expect((audience == .all) == isPublic, "\(statement.kind)")
                // The second answer, from memory, is the first.
                #expect(try engine.audience(at: index) == audience)
                guard case .names(let names) = audience,
                    statement.kind.rule.readers != .officials
                else { continue }
                #expect(names.sorted() == ["harbour", "nordwind"], "\(statement.kind)")
            }
        }
    }

    /// A dispute whose later entries name no partner but their signer.
    private static func argue(_ story: inout NetworkStory, under terms: Digest) throws {
        try story.take(story.network.calendar())
        try story.take(story.network.activate(3, from: story.ledger.book.size + 1))
        let cutoff = try #require(story.ledger.book.openWindow(of: "network").cutoff)
        story.network.now = cutoff
        try story.take(story.network.close(start: 0, cutoff: cutoff))
        try story.take(story.network.certify(with: "harbour", by: "nordwind"))
        let dispute = try story.take(story.network.dispute(terms, by: "harbour"))
        try story.take(story.network.reject(dispute, by: "nordwind"))
        try story.take(story.network.acceptDispute(dispute, by: "nordwind"))
    }

    @Test func loginsFollowTheChain() throws {
        var log = try LongLog()
        func reader() -> Reader? {
            let key = log.network.key("nordwind#read").publicKey
            let access = log.engine.access(of: key.thumbprint)
            #expect(access == nil || access?.key == key)
            return log.engine.reader(of: key.thumbprint, at: log.network.now)
        }
        try log.grow(to: 14)
        #expect(reader() == nil)
        let nordwind = Reader(role: .partner, name: "nordwind")
        try log.submit([log.network.addKey("nordwind#read", use: .access, for: "nordwind")])
        #expect(reader() == nordwind)
        try log.submit([log.text()])
        #expect(reader() == nordwind)
        try log.submit([log.network.suspend("nordwind")])
        #expect(reader() == nordwind)
        try log.submit([log.network.act(.partnerReinstate, on: "nordwind")])
        let revocation = log.network.revokeKey(
            "nordwind#read",
            for: "nordwind",
            key: "nordwind#recovery"
        )
        try log.submit([revocation])
        #expect(reader() == nil)
    }
}
