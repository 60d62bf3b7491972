import Ledger
import Signing
import TestSupport
import Testing

/// Which key logs in as whom, and when.
@Suite struct ReaderTests {
    private func reader(_ story: NetworkStory, _ key: String) -> Reader? {
        story.ledger.book.reader(
            of: story.network.key(key).publicKey.thumbprint,
            at: story.network.now
        )
    }

    /// A network in which a partner, an operator and an auditor have keys of use `access`.
    private func world() throws -> NetworkStory {
        var story = try NetworkStory.founded()
        try story.take(story.network.appoint(.auditorAdmit, "auditor-a"))
        for owner in ["nordwind", "operator-a", "auditor-a"] {
            try story.take(story.network.addKey("\(owner)#read", use: .access, for: owner))
        }
        return story
    }

    @Test func keysOfUseAccessLogIn() throws {
        let story = try world()
        #expect(reader(story, "nordwind#read") == Reader(role: .partner, name: "nordwind"))
        #expect(
            reader(story, "operator-a#read") == Reader(role: .networkOperator, name: "operator-a")
        )
        #expect(reader(story, "auditor-a#read") == Reader(role: .auditor, name: "auditor-a"))
    }

    @Test(arguments: ["nordwind", "nordwind#recovery", "operator-a", "auditor-a", "stranger"])
    func otherKeysDoNot(key: String) throws {
        #expect(reader(try world(), key) == nil)
    }

    @Test func aRevokedKeyDoesNot() throws {
        var story = try world()
        try story.take(
            story.network.revokeKey("nordwind#read", for: "nordwind", key: "nordwind#recovery")
        )
        #expect(reader(story, "nordwind#read") == nil)
    }

    @Test func aSuspendedPartnerReadsAndAClosedOneDoesNot() throws {
        var story = try world()
        try story.take(story.network.suspend("nordwind"))
        #expect(reader(story, "nordwind#read") == Reader(role: .partner, name: "nordwind"))
        try story.take(story.network.act(.partnerClose, on: "nordwind"))
        #expect(reader(story, "nordwind#read") == nil)
    }

    @Test func anApplicantDoesNotReadBeforeItIsAdmitted() throws {
        var story = try world()
        try story.take(story.network.invite("newcomer"))
        let id = story.network.nextID()
        let keys: JSONValue = [
            story.network.offer("newcomer", use: .entries, for: "newcomer", id: id),
            story.network.offer("newcomer#recovery", use: .recovery, for: "newcomer", id: id),
            story.network.offer("newcomer#read", use: .access, for: "newcomer", id: id),
        ]
        try story.take(
            story.network.sign(
                .partnerApply,
                by: "newcomer",
                ["region": "DE", "keys": keys],
                id: id
            )
        )
        #expect(reader(story, "newcomer#read") == nil)
        try story.take(story.network.act(.partnerAdmit, on: "newcomer"))
        #expect(reader(story, "newcomer#read") == Reader(role: .partner, name: "newcomer"))
    }

    @Test func aRemovedOfficialDoesNot() throws {
        var story = try world()
        try story.take(story.network.act(.auditorRemove, on: "auditor-a"))
        #expect(reader(story, "auditor-a#read") == nil)
    }

    @Test func aRekeyingEndsTheOldKeysAfter72Hours() throws {
        var story = try world()
        try story.take(story.network.rekey("nordwind", suffix: "#2"))
        story.network.advance(hours: 72, milliseconds: -1)
        #expect(reader(story, "nordwind#read") != nil)
        story.network.advance(milliseconds: 1)
        #expect(reader(story, "nordwind#read") == nil)
    }

    /// Only kinds that say so change what a key gives; an engine keeps answers by it.
    @Test func onlyNamedKindsChangeAccess() throws {
        let world = try AudienceWorld()
        var ledger = LedgerHarness()
        ledger.verifies = false
        var before: [Access?] = []
        for entry in world.story.ledger.entries {
            _ = try ledger.apply(entry.text, at: entry.time)
            let after = ledger.book.registeredKeys.map { ledger.book.access(of: $0.thumbprint) }
            if after != before { #expect(entry.statement.kind.changesAccess) }
            before = after
        }
    }
}
