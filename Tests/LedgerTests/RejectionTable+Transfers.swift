import Ledger
import Signing
import TestSupport

extension RejectionTable {
    static let transfers: [RejectionCase] = [
        RejectionCase(.tooManyItems, "201 items") { story in
            let deal = try story.deal()
            let item = Network.item(deal.member, amount: 1)
            return story.network.transfers(
                from: "nordwind",
                terms: deal.terms,
                items: [JSONValue](repeating: item, count: 201)
            )
        },
        RejectionCase(.unknownMemberReference, "never opened") { story in
            let deal = try story.deal()
            return story.send((deal.terms, story.network.pseudonym()), 5)
        },
        RejectionCase(.unknownMemberReference, "opened with another partner") { story in
            let deal = try story.deal()
            return story.send((deal.terms, try story.member("nordwind", "suedkauf")), 5)
        },
        RejectionCase(
            .memberClosed,
            "though the other pseudonym was never opened"
        ) { story in
            let deal = try story.deal()
            try story.take(
                story.network.closeMembers([deal.member], with: "harbour", by: "nordwind")
            )
            return story.send(deal, 5, more: ["to": .string(story.network.pseudonym())])
        },
        RejectionCase(.unknownMemberReference, "proposed and not accepted") { story in
            let deal = try story.deal()
            let member = story.network.pseudonym()
            try story.take(story.network.openMembers([member], with: "harbour", by: "nordwind"))
            return story.send((deal.terms, member), 5)
        },
        RejectionCase(.memberClosed, "closed by the other side") { story in
            let deal = try story.deal()
            try story.take(
                story.network.closeMembers([deal.member], with: "nordwind", by: "harbour")
            )
            return story.send(deal, 5)
        },
        RejectionCase(.notEligible, "another tier") { story in
            let terms = NetworkTerms.exchange().with("eligibility", ["tiers": ["gold"]])
            return story.send(try story.deal(terms), 5, more: ["facts": ["tier": "silver"]])
        },
        RejectionCase(.notEligible, "an account of 89 days") { story in
            let terms = NetworkTerms.exchange().with("eligibility", ["accountAgeDays": 90])
            return story.send(
                try story.deal(terms),
                5,
                more: ["facts": ["accountSince": "2025-12-03"]]
            )
        },
        RejectionCase(.notEligible, "a cap by product, and no product") { story in
            let cap = NetworkTerms.cap(500, "day", subject: "product")
            let terms = NetworkTerms.exchange().with("groups", NetworkTerms.groups(["cap"])).with(
                "caps",
                [cap]
            )
            return story.send(try story.deal(terms), 5)
        },
        RejectionCase(.lotNotEligible, "bought points") { story in
            let terms = NetworkTerms.exchange().with("lotFilter", ["origins": ["earned"]])
            return story.send(try story.deal(terms), 5, more: ["facts": ["origin": "bought"]])
        },
        RejectionCase(.lotNotEligible, "earned two calendar years ago") { story in
            let terms = NetworkTerms.exchange().with(
                "lotFilter",
                ["origins": ["earned"], "maximumAgeYears": 1]
            )
            let facts: JSONValue = ["origin": "earned", "lotDate": "2024-12-31"]
            return story.send(try story.deal(terms), 5, more: ["facts": facts])
        },
        RejectionCase(.referenceMissing, "no ref") { story in
            story.send(try story.deal(NetworkTerms.exchange().with("uniqueRef", true)), 5)
        },
        RejectionCase(.referenceReused, "the same ref in a later entry") { story in
            let deal = try story.deal(NetworkTerms.exchange().with("uniqueRef", true))
            try story.take(story.send(deal, 5, more: ["ref": "A-1"]))
            return story.send(deal, 5, more: ["ref": "A-1"])
        },
        RejectionCase(.referenceReused, "the same ref twice in an entry") { story in
            let deal = try story.deal(NetworkTerms.exchange().with("uniqueRef", true))
            let item = Network.item(deal.member, amount: 5, more: ["ref": "A-1"])
            return story.network.transfers(
                from: "nordwind",
                terms: deal.terms,
                items: [item, item]
            )
        },
        RejectionCase(.counterMissing, "a cap by member, and no token") { story in
            story.send(try story.deal(capped(100, "day")), 5)
        },
        RejectionCase(.unknownCounter, "a group that the terms have not") { story in
            let deal = try story.deal()
            return story.send(deal, 5, more: NetworkStory.token(story.network.pseudonym(), "cap"))
        },
    ]

    static let conversion: [RejectionCase] = [
        RejectionCase(.amountRange, "0") { story in story.send(try story.deal(), 0) },
        RejectionCase(.amountRange, "more units than a number can say") { story in
            story.send(try story.deal(NetworkTerms.exchange(numerator: 3)), 9_007_199_254_740_991)
        },
        RejectionCase(.belowMinimum, "2,999 of 3,000") { story in
            story.send(
                try story.deal(NetworkTerms.exchange().with("conversion.minimum", 3_000)),
                2_999
            )
        },
        RejectionCase(.belowMinimum, "the increment is the minimum") { story in
            story.send(try story.deal(NetworkTerms.exchange().with("conversion.increment", 10)), 9)
        },
        RejectionCase(.offIncrement, "1,007 of 1,000 and tens") { story in
            let terms = NetworkTerms.exchange().with("conversion.minimum", 1_000).with(
                "conversion.increment",
                10
            )
            return story.send(try story.deal(terms), 1_007)
        },
        RejectionCase(.belowOneUnit, "2 points at 1 for 3") { story in
            story.send(try story.deal(NetworkTerms.exchange(denominator: 3)), 2)
        },
        RejectionCase(.inexactAmount, "10 points at 1 for 3") { story in
            let terms = NetworkTerms.exchange(denominator: 3).with("conversion.rounding", "exact")
            return story.send(try story.deal(terms), 10)
        },
        RejectionCase(.wrongDebit, "the rest is kept") { story in
            story.send(
                try story.deal(NetworkTerms.exchange(denominator: 3)),
                10,
                debit: 10,
                credit: 3
            )
        },
        RejectionCase(.wrongCredit, "one too many") { story in
            story.send(
                try story.deal(NetworkTerms.exchange(denominator: 3)),
                9,
                debit: 9,
                credit: 4
            )
        },
        RejectionCase(.wrongBonus, "none is due") { story in
            story.send(try story.deal(), 5, bonus: 1)
        },
        RejectionCase(.wrongBonus, "one is due") { story in
            let terms = NetworkTerms.exchange().with("bonuses", [NetworkTerms.perBlock(5, 2)])
            return story.send(try story.deal(terms), 5)
        },
    ]

    static let limits: [RejectionCase] = [
        RejectionCase(.capExceeded, "in one transaction") { story in
            let terms = NetworkTerms.exchange().with("caps", [NetworkTerms.cap(100, "transaction")])
            return story.send(try story.deal(terms), 101)
        },
        RejectionCase(.capExceeded, "in a day") { story in
            let deal = try story.deal(capped(100, "day"))
            let more = NetworkStory.token(story.network.pseudonym(), "cap")
            try story.take(story.send(deal, 60, more: more))
            return story.send(deal, 41, more: more)
        },
        RejectionCase(.creditLine, "a cent over the line") { story in
            let deal = try story.deal(NetworkTerms.exchange().with("settlement.creditLine", 100))
            try story.take(story.send(deal, 60))
            return story.send(deal, 41)
        },
        RejectionCase(.creditLine, "holds count") { story in
            let terms = NetworkTerms.held(NetworkTerms.exchange()).with(
                "settlement.creditLine",
                100
            )
            let deal = try story.deal(terms)
            try story.take(story.send(deal, 100))
            return story.send(deal, 1)
        },
        RejectionCase(.netDebitCap, "a cent over the cap") { story in
            try story.take(story.network.limit(of: "nordwind", netDebitCap: 100))
            return story.send(try story.deal(), 101)
        },
        RejectionCase(.coverInsufficient, "twice the cover and a cent") { story in
            try story.take(story.network.limit(of: "nordwind", coverPercent: 200))
            try story.take(story.network.cover(of: "nordwind", amount: 50))
            return story.send(try story.deal(), 101)
        },
        RejectionCase(.creditLine, "before the net debit cap") { story in
            try story.take(story.network.limit(of: "nordwind", netDebitCap: 100, coverPercent: 100))
            return story.send(
                try story.deal(NetworkTerms.exchange().with("settlement.creditLine", 100)),
                101
            )
        },
        RejectionCase(.netDebitCap, "before the cover") { story in
            try story.take(story.network.limit(of: "nordwind", netDebitCap: 100, coverPercent: 100))
            return story.send(try story.deal(), 101)
        },
        RejectionCase(.positionRange, "a funder's debt of 2^60") { story in
            let share = NetworkTerms.funding(
                by: "suedkauf",
                share: (1, 1),
                price: (1_000_000_000, 1),
                budget: 2_000_000_000_000,
                exhausted: "stop"
            )
            let bonus = NetworkTerms.percent(2, 1).with("funding", [share])
            let terms = NetworkTerms.exchange().with("bonuses", [bonus])
            return story.send(try story.deal(terms), 600_000_000, bonus: 1_200_000_000)
        },
        RejectionCase(.positionRange, "acknowledged beside transfers") { story in
            for _ in 0..<127 {
                try story.take(
                    story.network.adjust("nordwind", owes: "harbour", amount: 9_007_199_254_740_991)
                )
            }
            try story.take(
                story.network.adjust("nordwind", owes: "harbour", amount: 9_007_199_254_740_991)
            )
            return story.network.adjust("nordwind", owes: "harbour", amount: 128)
        },
    ]

    static let later: [RejectionCase] = [
        RejectionCase(.unknownHold, "an entry that holds nothing") { story in
            story.network.commit(0, [(0, 5, 0)], by: "harbour")
        },
        RejectionCase(.unknownHold, "expired to the millisecond") { story in
            let deal = try story.deal(NetworkTerms.held(NetworkTerms.exchange(), seconds: 60))
            let entry = try story.take(story.send(deal, 5))
            story.network.advance(seconds: 60)
            return story.network.commit(entry, [(0, 5, 0)], by: "harbour")
        },
        RejectionCase(.holdReleased, "committed before") { story in
            let deal = try story.deal(NetworkTerms.held(NetworkTerms.exchange()))
            let item = Network.item(deal.member, amount: 5)
            let entry = try story.take(
                story.network.transfers(from: "nordwind", terms: deal.terms, items: [item, item])
            )
            try story.take(story.network.commit(entry, [(0, 5, 0)], by: "harbour"))
            return story.network.void(entry, [0], by: "harbour")
        },
        RejectionCase(.wrongSigner, "the debtor voids") { story in
            let deal = try story.deal(NetworkTerms.held(NetworkTerms.exchange()))
            let entry = try story.take(story.send(deal, 5))
            return story.network.void(entry, [0], by: "nordwind")
        },
        RejectionCase(.wrongCredit, "a commit of more than the hold") { story in
            let deal = try story.deal(NetworkTerms.held(NetworkTerms.exchange()))
            let entry = try story.take(story.send(deal, 5))
            return story.network.commit(entry, [(0, 6, 0)], by: "harbour")
        },
        RejectionCase(.unknownTransfer, "a hold is no posting") { story in
            let deal = try story.deal(NetworkTerms.held(NetworkTerms.exchange()))
            let entry = try story.take(story.send(deal, 5))
            return story.network.reverse(
                entry,
                [Network.reversal(0, debit: 5, credit: 5)],
                by: "harbour"
            )
        },
        RejectionCase(.unknownTransfer, "an item that is not there") { story in
            let entry = try story.take(story.send(try story.deal(), 5))
            return story.network.reverse(
                entry,
                [Network.reversal(1, debit: 5, credit: 5)],
                by: "harbour"
            )
        },
        RejectionCase(.reversalTooLate, "a millisecond after 30 days") { story in
            let entry = try story.take(story.send(try story.deal(), 5))
            story.network.advance(days: 30, milliseconds: 1)
            return story.network.reverse(
                entry,
                [Network.reversal(0, debit: 5, credit: 5)],
                by: "harbour"
            )
        },
        RejectionCase(.reversalAmount, "twice") { story in
            let entry = try story.take(story.send(try story.deal(), 5))
            let whole = Network.reversal(0, debit: 5, credit: 5)
            try story.take(story.network.reverse(entry, [whole], by: "harbour"))
            return story.network.reverse(entry, [whole], by: "harbour")
        },
        RejectionCase(.reversalAmount, "a unit too few") { story in
            let entry = try story.take(story.send(try story.deal(), 5))
            return story.network.reverse(
                entry,
                [Network.reversal(0, debit: 5, credit: 4)],
                by: "harbour"
            )
        },
        RejectionCase(.partialReversal, "the rest is below the minimum") { story in
            let deal = try story.deal(NetworkTerms.exchange().with("conversion.minimum", 100))
            let entry = try story.take(story.send(deal, 150))
            let half = Network.reversal(0, remaining: 50, debit: 100, credit: 100)
            return story.network.reverse(entry, [half], by: "harbour")
        },
        RejectionCase(.reversalAmount, "the rest would be worth more") { story in
            let steps: JSONValue = [["amount": 100, "credit": 50], ["amount": 200, "credit": 30]]
            let terms = NetworkTerms.exchange().without("conversion.ratio").with(
                "conversion.steps",
                steps
            )
            .with("conversion.stepMode", "exclusive")
            let entry = try story.take(story.send(try story.deal(terms), 200, credit: 30))
            let part = Network.reversal(0, remaining: 100, debit: 100, credit: 0)
            return story.network.reverse(entry, [part], by: "harbour")
        },
    ]

    static func capped(_ amount: Int64, _ period: String, days: Int64? = nil) -> JSONValue {
        var cap = NetworkTerms.cap(amount, period)
        if let days { cap = cap.with("days", .integer(days)) }
        return NetworkTerms.exchange().with("groups", NetworkTerms.groups(["cap"])).with(
            "caps",
            [cap]
        )
    }
}
