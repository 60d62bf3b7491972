import Ledger
import Signing
import TestSupport
import Testing

/// An entry of n items is n entries of one item each, or nothing.
@Suite struct AtomicityTests {
    @Test(arguments: 0..<30 as Range<UInt64>)
    func groupingNeverChangesAnOutcome(_ seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        var story = try RejectionTable.base.get()
        let isHeld = random.chance(50)
        let deal = try story.deal(Self.terms(isHeld: isHeld))
        let members = try story.members(3, "nordwind", "harbour") + [story.network.pseudonym()]
        let tokens = (0..<2).map { _ in story.network.pseudonym() }
        var given: Set<String> = []
        let items = (0..<random.number(2...6)).map { _ in
            Self.item(members, tokens, &given, &random)
        }
        var single = story
        var codes: [Rejection] = []
        for item in items {
            let text = single.network.transfers(from: "nordwind", terms: deal.terms, items: [item])
            if let code = single.refusal(of: text) { codes.append(code) }
        }
        let before = BookDump.text(of: story.ledger.book)
        let faults = story.faults(
            of: story.network.transfers(from: "nordwind", terms: deal.terms, items: items)
        )
        #expect(faults.map(\.rejection) == codes)
        if codes.isEmpty {
            #expect(Self.sums(story) == Self.sums(single))
        } else {
            #expect(BookDump.text(of: story.ledger.book) == before)
        }
    }

    private static func terms(isHeld: Bool) -> JSONValue {
        let caps: JSONValue = [
            NetworkTerms.cap(120, "day"), NetworkTerms.cap(300, "month", subject: "pair"),
        ]
        let share = NetworkTerms.funding(by: "suedkauf", budget: 30, exhausted: "debtorPays")
        let bonuses: JSONValue = [
            NetworkTerms.once(7), NetworkTerms.percent(1, 2, from: 20).with("funding", [share]),
        ]
        let terms = NetworkTerms.exchange().with("groups", NetworkTerms.groups(["cap", "welcome"]))
            .with("caps", caps).with("bonuses", bonuses).with("settlement.creditLine", 400)
        return isHeld ? NetworkTerms.held(terms) : terms
    }

    private static func item(
        _ members: [String],
        _ tokens: [String],
        _ given: inout Set<String>,
        _ random: inout RandomSource
    ) -> JSONValue {
        let amount = random.number(1...45)
        let token = random.pick(tokens) ?? ""
        let member = random.chance(95) ? members[Int(random.number(0...2))] : members[3]
        let bonus =
            (given.insert(token).inserted != random.chance(5) ? 7 : 0)
            + (amount >= 20 ? amount / 2 : 0)
        let counters = Network.counters([("cap", token), ("welcome", token)])
        return Network.item(member, amount: amount, bonus: bonus, more: ["counters": counters])
    }

    private static func sums(_ story: NetworkStory) -> [String] {
        let view = BookView(story)
        let debts = ["harbour", "suedkauf"].flatMap { debtor in
            [
                view.owed("nordwind", debtor), view.held("nordwind", debtor),
                view.owed(debtor, "harbour"),
            ]
        }
        return debts.map { "\($0)" } + view.counters
    }
}
