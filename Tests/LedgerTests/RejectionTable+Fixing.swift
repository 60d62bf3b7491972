import Ledger
import Signing
import TestSupport

extension RejectionTable {
    static let fixing: [RejectionCase] = [
        RejectionCase(.rateNotFixed, "before the first night") { story in
            var world = try FixingWorld()
            let deal = try world.story.deal(ratioFixing)
            story = world.story
            return story.send(deal, 5)
        },
        RejectionCase(.rateStale, "no fixing is named") { story in
            let (world, deal, _) = try fixed()
            story = world.story
            return story.send(deal, 5)
        },
        RejectionCase(.rateStale, "the fixing of the night before") { story in
            var (world, deal, first) = try fixed()
            try world.night()
            let text = try world.send(deal, 5, fixing: first)
            story = world.story
            return text
        },
        RejectionCase(.rateStale, "the fixing waits for acceptance") { story in
            var (world, deal, _) = try fixed()
            try world.publish("harbour", 9_000_000)
            let text = try world.send(deal, 5, fixing: try world.night())
            story = world.story
            return text
        },
        RejectionCase(.rateStale, "the rates are not fixed by night") { story in
            var (world, _, first) = try fixed()
            let deal = try world.story.deal(NetworkTerms.exchange())
            let text = try world.send(deal, 5, fixing: first)
            story = world.story
            return text
        },
        RejectionCase(.fixingMismatch, "another hash") { story in
            var world = try FixingWorld()
            try world.close()
            story = world.story
            return world.fix(fixing: .zero)
        },
        RejectionCase(.missingMember, "a fix without the fixing that is due") { story in
            var world = try FixingWorld()
            try world.close()
            story = world.story
            return world.fix(fixing: nil)
        },
        RejectionCase(.unknownMember, "a fixing that is not due") { story in
            var world = try FixingWorld(days: nil)
            try world.close()
            story = world.story
            return world.fix(fixing: .zero)
        },
        RejectionCase(.unknownAgreement, "rates of no agreement") { story in
            var (world, _, fixing) = try fixed()
            story = world.story
            return world.accept(.zero, fixing, by: "harbour")
        },
        RejectionCase(.notAParty, "rates of two others") { story in
            var (world, deal, fixing) = try fixed()
            story = world.story
            return world.accept(deal.terms, fixing, by: "suedkauf")
        },
        RejectionCase(.unknownPending, "rates that hold already") { story in
            var (world, deal, fixing) = try fixed()
            story = world.story
            return world.accept(deal.terms, fixing, by: "harbour")
        },
        RejectionCase(.unknownPending, "an agreement whose rates are fixed") { story in
            var (world, _, fixing) = try fixed()
            let deal = try world.story.deal(NetworkTerms.exchange())
            story = world.story
            return world.accept(deal.terms, fixing, by: "harbour")
        },
        RejectionCase(.alreadySigned, "rates accepted twice by one side") { story in
            var (world, deal, _) = try fixed()
            try world.publish("harbour", 9_000_000)
            let waiting = try world.night()
            try world.story.take(world.accept(deal.terms, waiting, by: "harbour"))
            story = world.story
            return world.accept(deal.terms, waiting, by: "harbour")
        },
    ]

    private static let ratioFixing = NetworkTerms.exchange()
        .with("conversion.ratio", FixingWorld.fixing(band: 10))

    /// A night after which nordwind's points become half as many of harbour.
    private static func fixed() throws -> (
        world: FixingWorld, deal: (terms: Digest, member: String), fixing: Digest
    ) {
        var world = try FixingWorld()
        let deal = try world.story.deal(ratioFixing)
        try world.publish("nordwind", 1_000_000)
        try world.publish("harbour", 2_000_000)
        let fixing = try world.night()
        return (world, deal, fixing)
    }
}
