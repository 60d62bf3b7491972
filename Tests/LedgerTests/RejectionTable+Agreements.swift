import Ledger
import Signing
import TestSupport

extension RejectionTable {
    static let agreements: [RejectionCase] = [
        RejectionCase(.unknownAgreement, "transfers under terms that nobody proposed") { story in
            let deal = try story.deal()
            return story.send((DigestBuilder.digest([1]), deal.member), 5)
        },
        RejectionCase(.unknownAgreement, "accepts them") { story in
            story.network.accept(DigestBuilder.digest([1]), by: "harbour")
        },
        RejectionCase(.notAParty, "a third party proposes") { story in
            story.network.propose(NetworkTerms.exchange(), by: "suedkauf")
        },
        RejectionCase(.notAParty, "a third party accepts") { story in
            let text = story.network.propose(NetworkTerms.exchange())
            try story.take(text)
            return story.network.accept(Network.payloadDigest(text), by: "suedkauf")
        },
        RejectionCase(.termsContradict, "two currencies and no source of rates") { story in
            story.network.propose(
                NetworkTerms.exchange().with("settlement.settlementCurrency", "USD")
            )
        },
        RejectionCase(.termsContradict, "a program of the wrong side") { story in
            story.network.propose(NetworkTerms.exchange().with("from", "harbour/points"))
        },
        RejectionCase(.termsContradict, "holds without expiry") { story in
            story.network.propose(NetworkTerms.exchange().with("finality", "creditor"))
        },
        RejectionCase(.termsContradict, "a cap of no group") { story in
            story.network.propose(
                NetworkTerms.exchange().with("caps", [NetworkTerms.cap(5, "day")])
            )
        },
        RejectionCase(.termsContradict, "the debtor funds its own bonus") { story in
            let share = NetworkTerms.funding(by: "nordwind", budget: 5, exhausted: "stop")
            let bonus = NetworkTerms.percent(1, 2).with("funding", [share])
            return story.network.propose(NetworkTerms.exchange().with("bonuses", [bonus]))
        },
        RejectionCase(.alreadySigned, "accepts twice") { story in
            let deal = try story.deal()
            return story.network.accept(deal.terms, by: "harbour")
        },
        RejectionCase(.alreadySigned, "the proposer accepts") { story in
            let text = story.network.propose(NetworkTerms.exchange())
            try story.take(text)
            return story.network.accept(Network.payloadDigest(text), by: "nordwind")
        },
        RejectionCase(.acceptanceTooLate, "a millisecond after acceptBy") { story in
            let text = story.network.propose(NetworkTerms.exchange(), acceptWithinDays: 2)
            try story.take(text)
            story.network.advance(days: 2, milliseconds: 1)
            return story.network.accept(Network.payloadDigest(text), by: "harbour")
        },
        RejectionCase(.supersession, "of other sides") { story in
            let deal = try story.deal()
            return story.network.propose(
                NetworkTerms.exchange(to: "suedkauf"),
                supersedes: deal.terms
            )
        },
        RejectionCase(.supersession, "of a version superseded before") { story in
            let deal = try story.deal()
            let terms = NetworkTerms.exchange().with("validFrom", "2027-01-01T00:00:00.000Z")
            _ = try story.agree(terms, supersedes: deal.terms)
            return story.network.propose(terms, supersedes: deal.terms)
        },
        RejectionCase(.supersession, "of a version that does not bind") { story in
            let text = story.network.propose(NetworkTerms.exchange())
            try story.take(text)
            return story.network.propose(
                NetworkTerms.exchange(),
                supersedes: Network.payloadDigest(text)
            )
        },
        RejectionCase(.priceDenominator, "two large primes") { story in
            let price = "settlement.price.fixed"
            _ = try story.agree(
                NetworkTerms.exchange().with(price, NetworkTerms.rate(1, 2_147_483_647))
            )
            let text = story.network.propose(
                NetworkTerms.exchange().with(price, NetworkTerms.rate(1, 2_147_483_629))
            )
            try story.take(text)
            return story.network.accept(Network.payloadDigest(text), by: "harbour")
        },
        RejectionCase(.noticePeriod, "a millisecond short of 30 days") { story in
            let deal = try story.deal()
            let moment = story.network.now.advanced(byMilliseconds: 30 * 86_400_000 - 1)
            return story.network.terminate(deal.terms, from: moment, by: "harbour")
        },
        RejectionCase(.wrongState, "a later termination") { story in
            let deal = try story.deal()
            let moment = story.network.now.advanced(byMilliseconds: 31 * 86_400_000)
            try story.take(story.network.terminate(deal.terms, from: moment, by: "harbour"))
            return story.network.terminate(
                deal.terms,
                from: moment.advanced(byMilliseconds: 1),
                by: "nordwind"
            )
        },
        RejectionCase(.agreementNotBound, "transfers before the acceptance") { story in
            let member = try story.member("nordwind", "harbour")
            let text = story.network.propose(NetworkTerms.exchange())
            try story.take(text)
            return story.send((Network.payloadDigest(text), member), 5)
        },
        RejectionCase(.agreementNotBound, "a funder has not accepted") { story in
            let share = NetworkTerms.funding(by: "suedkauf", budget: 5, exhausted: "stop")
            let terms = NetworkTerms.exchange()
                .with("bonuses", [NetworkTerms.percent(1, 2).with("funding", [share])])
            let member = try story.member("nordwind", "harbour")
            let text = story.network.propose(terms)
            try story.take(text)
            try story.take(story.network.accept(Network.payloadDigest(text), by: "harbour"))
            return story.send((Network.payloadDigest(text), member), 5, bonus: 2)
        },
        RejectionCase(.agreementNotYetValid, "a millisecond before validFrom") { story in
            let moment = story.network.now.advanced(byMilliseconds: 1)
            let terms = NetworkTerms.exchange().with("validFrom", .string(moment.description))
            return story.send(try story.deal(terms), 5)
        },
        RejectionCase(.agreementNoLongerValid, "at validTo exactly") { story in
            let terms = NetworkTerms.exchange().with(
                "validTo",
                .string(story.network.now.description)
            )
            return story.send(try story.deal(terms), 5)
        },
        RejectionCase(.agreementNoLongerValid, "at the validFrom of the successor") { story in
            let deal = try story.deal()
            let moment = story.network.now.advanced(byMilliseconds: 5_000)
            let terms = NetworkTerms.exchange().with("validFrom", .string(moment.description))
            _ = try story.agree(terms, supersedes: deal.terms)
            try story.take(story.send(deal, 5))
            story.network.now = moment
            return story.send(deal, 5)
        },
        RejectionCase(.agreementNoLongerValid, "terminated") { story in
            let deal = try story.deal()
            let moment = story.network.now.advanced(byMilliseconds: 30 * 86_400_000)
            try story.take(story.network.terminate(deal.terms, from: moment, by: "harbour"))
            story.network.now = moment.advanced(byMilliseconds: -1)
            try story.take(story.send(deal, 5))
            story.network.now = moment
            return story.send(deal, 5)
        },
        RejectionCase(.agreementNotYetValid, "a channel that opens later") { story in
            story.send(try story.deal(channels(story)), 5, channel: "automatic")
        },
        RejectionCase(.agreementNoLongerValid, "a channel that is over") { story in
            let deal = try story.deal(channels(story))
            story.network.advance(days: 1)
            return story.send(deal, 5, channel: "manual")
        },
        RejectionCase(.unknownChannel, "no channel is named") { story in
            story.send(try story.deal(channels(story)), 5)
        },
        RejectionCase(.unknownChannel, "a channel where there are none") { story in
            story.send(try story.deal(), 5, channel: "manual")
        },
        RejectionCase(.rateNotFixed, "a ratio that the network would fix") { story in
            let fixing: JSONValue = [
                "fixing": [
                    "rule": "pinned", "spread": NetworkTerms.rate(0, 1),
                    "bandPerDay": NetworkTerms.rate(1, 10),
                    "floor": NetworkTerms.rate(1, 2), "ceiling": NetworkTerms.rate(2, 1),
                ]
            ]
            return story.send(
                try story.deal(NetworkTerms.exchange().with("conversion.ratio", fixing)),
                5
            )
        },
        RejectionCase(.partnerSuspended, "the debtor is suspended") { story in
            let deal = try story.deal()
            try story.take(story.network.suspend("nordwind"))
            return story.send(deal, 5)
        },
        RejectionCase(.wrongState, "the creditor is closed") { story in
            let deal = try story.deal()
            try story.take(story.network.act(.partnerClose, on: "harbour"))
            return story.send(deal, 5)
        },
    ]

    /// By hand until tomorrow, by itself from tomorrow on.
    private static func channels(_ story: NetworkStory) -> JSONValue {
        let tomorrow = JSONValue.string(
            story.network.now.advanced(byMilliseconds: 86_400_000).description
        )
        return NetworkTerms.exchange().with(
            "channels",
            [
                [
                    "channel": "manual", "validFrom": "2026-01-01T00:00:00.000Z",
                    "validTo": tomorrow,
                ],
                ["channel": "automatic", "validFrom": tomorrow],
            ]
        )
    }
}
