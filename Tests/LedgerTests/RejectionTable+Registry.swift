import Ledger
import Signing
import TestSupport

extension RejectionTable {
    static let registry: [RejectionCase] = [
        RejectionCase(.genesisExists, "a second genesis") { story in
            let ledger = story.network.ledger
            defer { story.network.ledger = ledger }
            return story.network.genesis()
        },
        RejectionCase(.genesisMissing, "the first entry is something else") { story in
            story.ledger = LedgerHarness()
            return story.network.define("nordwind/miles")
        },
        RejectionCase(.keyTaken, "two founders with one key") { story in
            story = NetworkStory(Network(seed: 7))
            return story.network.genesis { members in
                guard case .array(let founders)? = members["operators"] else { return }
                let copy = founders[0].with("operator", "operator-c")
                members = members.with("operators", .array(founders + [copy]))
            }
        },
        RejectionCase(.invalidValue, "one founder with one key twice") { story in
            story = NetworkStory(Network(seed: 7))
            return story.network.genesis { members in
                guard case .array(let founders)? = members["operators"],
                    case .array(let keys)? = founders[0]["keys"]
                else { return }
                members = members.with(
                    "operators",
                    [founders[0].with("keys", .array(keys + keys)), founders[1]]
                )
            }
        },
        RejectionCase(.keyTaken, "a key of another partner") { story in
            story.network.addKey("harbour", for: "nordwind")
        },
        RejectionCase(.keyTaken, "a revoked key comes back") { story in
            try story.take(story.network.addKey("nordwind#2", for: "nordwind"))
            try story.take(
                story.network.revokeKey("nordwind#2", for: "nordwind", key: "nordwind#recovery")
            )
            return story.network.addKey("nordwind#2", for: "nordwind")
        },
        RejectionCase(.keyTaken, "a key of the log twice") { story in
            story.network.sign(
                .logKeyAdd,
                by: "operator-a",
                ["vkey": .string(story.network.logKey)]
            )
        },
        RejectionCase(.unknownSubject, "a key of the log that is none") { story in
            story.network.sign(
                .logKeyRevoke,
                by: "operator-a",
                ["vkey": "log.example/other+00000000+AQ=="]
            )
        },
        RejectionCase(.lastOfKind, "the last key of the log") { story in
            story.network.sign(
                .logKeyRevoke,
                by: "operator-a",
                ["vkey": .string(story.network.logKey)]
            )
        },
        RejectionCase(.lastOfKind, "the last operator") { story in
            try story.take(story.network.act(.operatorRemove, on: "operator-b"))
            return story.network.act(.operatorRemove, on: "operator-a")
        },
        RejectionCase(.wrongState, "an operator removed twice") { story in
            try story.take(story.network.appoint(.operatorAdd, "operator-c"))
            try story.take(story.network.act(.operatorRemove, on: "operator-c"))
            return story.network.act(.operatorRemove, on: "operator-c")
        },
        RejectionCase(.unknownPending, "nothing waits at this entry") { story in
            story.network.approve(3)
        },
        RejectionCase(.unknownPending, "an act lapsed after 7 days") { story in
            let entry = try story.take(story.network.account(of: "nordwind"))
            story.network.advance(days: 7)
            return story.network.approve(entry, by: "operator-a")
        },
        RejectionCase(.unknownPending, "approved before") { story in
            let entry = try story.take(story.network.account(of: "nordwind"))
            try story.take(story.network.approve(entry))
            return story.network.approve(entry)
        },
        RejectionCase(.unknownPending, "pseudonyms proposed 7 days ago") { story in
            let text = story.network.openMembers(
                [story.network.pseudonym()],
                with: "harbour",
                by: "nordwind"
            )
            try story.take(text)
            story.network.advance(days: 7)
            return story.network.acceptMembers(Network.payloadDigest(text), by: "harbour")
        },
        RejectionCase(.selfApproval, "an operator approves its own act") { story in
            story = try NetworkStory.founded(partners: ["nordwind"], threshold: 2)
            let entry = try story.take(story.network.suspend("nordwind"))
            return story.network.approve(entry, by: "operator-a")
        },
        RejectionCase(.selfApproval, "with another key of the same operator") { story in
            story = try NetworkStory.founded(partners: ["nordwind"], threshold: 2)
            try story.take(story.network.addKey("operator-a#2", for: "operator-a"))
            let entry = try story.take(story.network.suspend("nordwind"))
            story.network.signers["operator-a"] = "operator-a#2"
            return story.network.approve(entry, by: "operator-a")
        },
        RejectionCase(.selfApproval, "an operator approves its own removal") { story in
            story = NetworkStory(Network(seed: 7))
            let operators = ["operator-a", "operator-b", "operator-c"]
            try story.take(story.network.genesis(operators: operators, threshold: 2))
            let entry = try story.take(story.network.act(.operatorRemove, on: "operator-b"))
            return story.network.approve(entry, by: "operator-b")
        },
        RejectionCase(.timeRange, "a rule set from now on") { story in
            story.network.sign(.rulesActivate, by: "operator-a", ["rules": 1, "from": 3])
        },
        RejectionCase(.timeRange, "a cut-off in the past") { story in
            story.network.sign(
                .calendarPublish,
                by: "operator-a",
                [
                    "calendar": "network", "cutoffs": [.string(story.network.now.description)],
                    "businessDays": ["2026-03-03"],
                ]
            )
        },
        RejectionCase(.timeRange, "a proposal that nobody can accept") { story in
            story.network.propose(NetworkTerms.exchange(), acceptWithinDays: 0)
        },
    ]

    static let partners: [RejectionCase] = [
        RejectionCase(.nameTaken, "a partner of this name") { story in
            story.network.invite("nordwind", key: "x")
        },
        RejectionCase(.nameTaken, "the name of the operator as a participant") { story in
            story.network.invite("operator")
        },
        RejectionCase(.nameTaken, "a program twice") { story in
            story.network.define("nordwind/points")
        },
        RejectionCase(.nameTaken, "a pseudonym twice") { story in
            let member = try story.member("nordwind", "harbour")
            return story.network.openMembers([member], with: "nordwind", by: "harbour")
        },
        RejectionCase(.unknownSubject, "nobody was invited") { story in
            story.network.apply("bakery")
        },
        RejectionCase(.unknownSubject, "no such partner to suspend") { story in
            story.network.suspend("bakery")
        },
        RejectionCase(.wrongSigner, "another key than the invited one applies") { story in
            try story.take(story.network.invite("bakery"))
            return story.network.apply("bakery", key: "bakery#2")
        },
        RejectionCase(.wrongSigner, "a program of another partner") { story in
            story.network.define("harbour/miles", by: "nordwind")
        },
        RejectionCase(.wrongSigner, "a partner posts cover for another") { story in
            story.network.cover(of: "harbour", amount: 5, by: "nordwind")
        },
        RejectionCase(.wrongSigner, "the proposer accepts its own pseudonyms") { story in
            let text = story.network.openMembers(
                [story.network.pseudonym()],
                with: "harbour",
                by: "nordwind"
            )
            try story.take(text)
            return story.network.acceptMembers(Network.payloadDigest(text), by: "nordwind")
        },
        RejectionCase(.wrongState, "admitted twice") { story in
            story.network.act(.partnerAdmit, on: "nordwind")
        },
        RejectionCase(.wrongState, "suspended twice") { story in
            try story.take(story.network.suspend("nordwind"))
            return story.network.suspend("nordwind")
        },
        RejectionCase(.wrongState, "closed for good") { story in
            try story.take(story.network.act(.partnerClose, on: "nordwind"))
            return story.network.act(.partnerReinstate, on: "nordwind")
        },
        RejectionCase(.unknownKey, "revokes a key of another") { story in
            story.network.revokeKey("harbour", for: "nordwind")
        },
        RejectionCase(.unknownProgram, "terms of a program that is not defined") { story in
            story.network.propose(NetworkTerms.exchange().with("from", "nordwind/stars"))
        },
        RejectionCase(.programClosed, "terms of a closed program") { story in
            try story.take(story.network.amend("harbour/points", status: "closed"))
            return story.network.propose(NetworkTerms.exchange())
        },
        RejectionCase(.programClosed, "transfers to a closed program") { story in
            let deal = try story.deal()
            try story.take(story.network.amend("harbour/points", status: "closed"))
            return story.send(deal, 5)
        },
        RejectionCase(.unknownCurrency, "settled in a currency that is not") { story in
            story.network.propose(
                NetworkTerms.exchange().with("settlement.settlementCurrency", "JPY")
                    .with("settlement.priceCurrency", "JPY")
            )
        },
        RejectionCase(.unknownCurrency, "a limit in it") { story in
            story.network.limit(of: "nordwind", currency: "JPY", netDebitCap: 5)
        },
        RejectionCase(.unknownCurrency, "a limit in the currency of terms that were refused") {
            story in
            let first = NetworkTerms.exchange().with(
                "settlement.price.fixed",
                NetworkTerms.rate(1, 2_147_483_647)
            )
            _ = try story.agree(RejectionTable.priced(first, in: "CHF"))
            let second = NetworkTerms.exchange().with(
                "settlement.price.fixed",
                NetworkTerms.rate(1, 2_147_483_629)
            )
            let bonus = NetworkTerms.percent(1, 2).with(
                "price",
                NetworkTerms.rate(1, 2_147_483_647)
            )
            let text = story.network.propose(
                RejectionTable.priced(second, in: "JPY").with("bonuses", [bonus])
            )
            try story.take(text)
            _ = story.refusal(of: story.network.accept(Network.payloadDigest(text), by: "harbour"))
            return story.network.limit(of: "nordwind", currency: "JPY", netDebitCap: 5)
        },
        RejectionCase(.coverExceeded, "more is drawn than posted") { story in
            try story.take(story.network.cover(of: "nordwind", amount: 100))
            return story.network.cover(.coverDraw, of: "nordwind", amount: 101)
        },
    ]

    static func priced(_ terms: JSONValue, in currency: String) -> JSONValue {
        terms.with("settlement.priceCurrency", .string(currency)).with("settlement.fxSource", "ecb")
            .with("settlement.fxFallback", "stop").with("settlement.fxMaxAgeDays", 3)
    }
}
