import Ledger
import Signing
import TestSupport

extension RejectionTable {
    private typealias Sign = @Sendable (inout ReconciliationStory) throws -> [UInt8]

    /// A case of the story with one closed window.
    private static func row(
        _ rejection: Rejection,
        _ title: String,
        _ sign: @escaping Sign
    ) -> RejectionCase {
        RejectionCase(rejection, title) { story in
            var world = try ReconciliationStory.base.get()
            let text = try sign(&world)
            story = world.story
            return text
        }
    }

    /// What rule set 3 refuses.
    static let reconciliation =
        olderRules + certificates + openings + ladders + disputeAdjustments + breakAdjustments

    private static let olderRules: [RejectionCase] = [
        RejectionCase(.unknownKind, "reconciliation.certify under rule set 1") { story in
            story.network.certify(with: "harbour", by: "nordwind")
        },
        RejectionCase(.unknownKind, "dispute.open under rule set 2") { story in
            try story.beginNights()
            let deal = try story.deal()
            return story.network.dispute(deal.terms, by: "nordwind")
        },
        RejectionCase(.unknownMember, "an adjustment of a dispute under rule set 2") { story in
            try story.beginNights()
            let terms = try story.deal().terms
            return story.network.adjust(
                "nordwind",
                owes: "harbour",
                amount: 5,
                agreement: terms,
                dispute: 3
            )
        },
        RejectionCase(.unknownMember, "an adjustment of a break under rule set 1") { story in
            story.network.adjust("nordwind", owes: "harbour", amount: 5, mending: "break")
        },
        row(.invalidValue, "back to rule set 2") { $0.story.network.activate(2, from: 1_000) },
    ]

    private static let certificates: [RejectionCase] =
        [
            row(.unknownSettlement, "the open window certified") { world in
                world.story.network.certify(window: 2, with: "harbour", by: "nordwind")
            },
            row(.unknownSettlement, "a window of no calendar certified") { world in
                world.story.network.certify("moon", with: "harbour", by: "nordwind")
            },
            row(.notAParty, "a certificate with who has no agreement") { world in
                world.story.network.certify(with: "suedkauf", by: "nordwind")
            },
            row(.notAParty, "a certificate with oneself") { world in
                world.story.network.certify(with: "nordwind", by: "nordwind")
            },
            row(.notAParty, "a certificate with nobody") { world in
                world.story.network.certify(with: "nobody", by: "nordwind")
            },
            row(.notAParty, "a certificate of a window before the agreement") { world in
                _ = try world.story.agree(NetworkTerms.exchange(from: "suedkauf", to: "nordwind"))
                return world.story.network.certify(with: "suedkauf", by: "nordwind")
            },
            row(.alreadySigned, "a certificate that is complete") { world in
                try world.take { $0.certify(with: "harbour", by: "nordwind") }
                try world.take { $0.certify(with: "nordwind", by: "harbour") }
                return world.story.network.certify(with: "harbour", by: "nordwind", count: 2)
            },
            row(.certificateMismatch, "another root") { world in
                try world.take { $0.certify(with: "harbour", by: "nordwind") }
                return world.story.network.certify(with: "nordwind", by: "harbour", root: "other")
            },
            row(.certificateMismatch, "another count") { world in
                try world.take { $0.certify(with: "harbour", by: "nordwind") }
                return world.story.network.certify(with: "nordwind", by: "harbour", count: 2)
            },
            row(.certificateMismatch, "other sums") { world in
                try world.take { $0.certify(with: "harbour", by: "nordwind") }
                let sums = [Network.sum("harbour/points", credit: 500)]
                return world.story.network.certify(with: "nordwind", by: "harbour", sums: sums)
            },
            row(.certificateMismatch, "the other's file") { world in
                try world.take { $0.certify(with: "harbour", by: "nordwind") }
                return world.story.network.certify(
                    with: "nordwind",
                    by: "harbour",
                    books: "books of nordwind"
                )
            },
            row(.wrongSigner, "a certificate by an operator") { world in
                world.story.network.certify(with: "harbour", by: "operator-a")
            },
        ]
        + [
            ["nordwind/points", "harbour/points"], ["harbour/points", "harbour/points"],
        ].map { programs in
            row(.invalidValue, "sums of \(programs[0]), then \(programs[1])") { world in
                let sums = programs.map { Network.sum($0) }
                return world.story.network.certify(with: "harbour", by: "nordwind", sums: sums)
            }
        }

    private static let openings: [RejectionCase] = [
        row(.unknownAgreement, "a dispute under no agreement") { world in
            world.story.network.dispute(.zero, by: "nordwind")
        },
        row(.agreementNotBound, "a dispute under a proposal") { world in
            let proposal = world.story.network.propose(NetworkTerms.exchange(to: "suedkauf"))
            try world.story.take(proposal)
            let hash = Network.payloadDigest(proposal)
            return world.story.network.dispute(hash, by: "nordwind")
        },
        row(.termsContradict, "a dispute within one partner") { world in
            let hash = try world.story.agree(NetworkTerms.inside())
            return world.story.network.dispute(hash, by: "nordwind")
        },
        row(.notAParty, "a dispute by a stranger") { world in
            world.story.network.dispute(world.terms, by: "suedkauf")
        },
        row(.notAParty, "a dispute by a funder") { world in
            let share = NetworkTerms.funding(by: "suedkauf", budget: 10, exhausted: "stop")
            let bonus = NetworkTerms.percent(1, 1).with("funding", [share])
            let terms = NetworkTerms.exchange().with("bonuses", [bonus])
            let hash = try world.story.agree(terms)
            return world.story.network.dispute(hash, by: "suedkauf")
        },
        row(.unknownSettlement, "a dispute about the open window") { world in
            world.story.network.dispute(world.terms, window: 2, by: "nordwind")
        },
        row(.alreadySigned, "a break disputed twice") { world in
            _ = try world.dispute()
            return world.story.network.dispute(world.terms, amount: 7, by: "nordwind")
        },
        row(.alreadySigned, "a break disputed that is mended") { world in
            let terms = world.terms
            try world.take {
                $0.adjust(
                    "harbour",
                    owes: "nordwind",
                    amount: 5,
                    agreement: terms,
                    mending: "break"
                )
            }
            return world.story.network.dispute(terms, by: "nordwind")
        },
        row(.alreadySigned, "a break disputed anew that was adjusted in part") { world in
            let terms = world.terms
            let dispute = try world.dispute()
            try world.take { $0.acceptDispute(dispute, by: "harbour") }
            try world.take {
                $0.adjust(
                    "harbour",
                    owes: "nordwind",
                    amount: 5,
                    agreement: terms,
                    dispute: dispute
                )
            }
            try world.take { $0.withdrawDispute(dispute, by: "nordwind") }
            return world.story.network.dispute(terms, by: "nordwind")
        },
        row(.invalidValue, "a dispute over nothing") { world in
            world.story.network.dispute(world.terms, amount: 0, by: "nordwind")
        },
        row(.invalidValue, "a dispute for a reason in words") { world in
            world.story.network.dispute(world.terms, reason: "we never got it", by: "nordwind")
        },
    ]

    private static let ladders: [RejectionCase] = [
        row(.unknownDispute, "an entry that is no dispute rejected") { world in
            world.story.network.reject(3, by: "harbour")
        },
        row(.unknownDispute, "a dispute rejected by a stranger") { world in
            let dispute = try world.dispute()
            return world.story.network.reject(dispute, by: "suedkauf")
        },
        row(.wrongSigner, "a dispute rejected by its opener") { world in
            let dispute = try world.dispute()
            return world.story.network.reject(dispute, by: "nordwind")
        },
        row(.wrongSigner, "a dispute accepted by its opener") { world in
            let dispute = try world.dispute()
            return world.story.network.acceptDispute(dispute, by: "nordwind")
        },
        row(.wrongSigner, "a dispute restated by the other side") { world in
            let dispute = try world.dispute()
            return world.story.network.restate(dispute, amount: 1, by: "harbour")
        },
        row(.wrongSigner, "a dispute withdrawn by the other side") { world in
            let dispute = try world.dispute()
            return world.story.network.withdrawDispute(dispute, by: "harbour")
        },
        row(.wrongState, "a dispute restated before it is rejected") { world in
            let dispute = try world.dispute()
            return world.story.network.restate(dispute, amount: 1, by: "nordwind")
        },
        row(.wrongState, "a dispute rejected twice in turn") { world in
            let dispute = try world.dispute()
            try world.take { $0.reject(dispute, by: "harbour") }
            return world.story.network.reject(dispute, by: "harbour")
        },
        row(.wrongState, "a dispute restated after the third rejection") { world in
            let dispute = try world.arbitration()
            return world.story.network.restate(dispute, amount: 1, by: "nordwind")
        },
        row(.wrongState, "a dispute accepted twice") { world in
            let dispute = try world.dispute()
            try world.take { $0.acceptDispute(dispute, by: "harbour") }
            return world.story.network.acceptDispute(dispute, by: "harbour")
        },
        row(.wrongState, "a dispute withdrawn twice") { world in
            let dispute = try world.dispute()
            try world.take { $0.withdrawDispute(dispute, by: "nordwind") }
            return world.story.network.withdrawDispute(dispute, by: "nordwind")
        },
        row(.paymentAmount, "a dispute restated at more") { world in
            let dispute = try world.dispute()
            try world.take { $0.reject(dispute, by: "harbour") }
            return world.story.network.restate(dispute, amount: 101, by: "nordwind")
        },
    ]

    /// An adjustment of an accepted dispute of nordwind, but for what a case changes.
    private static func adjusting(
        _ rejection: Rejection,
        _ title: String,
        accepted: Bool = true,
        by debtor: String = "harbour",
        owes creditor: String = "nordwind",
        _ amount: Int64 = 5,
        currency: String = "EUR",
        under other: Bool = false
    ) -> RejectionCase {
        row(rejection, "an adjustment of a dispute \(title)") { world in
            let dispute = try world.dispute()
            if accepted { try world.take { $0.acceptDispute(dispute, by: "harbour") } }
            return world.story.network.adjust(
                debtor,
                owes: creditor,
                amount: amount,
                currency: currency,
                agreement: other ? world.other : world.terms,
                dispute: dispute
            )
        }
    }

    private static let disputeAdjustments: [RejectionCase] = [
        adjusting(.wrongState, "that is open", accepted: false),
        adjusting(.wrongSigner, "by its opener", by: "nordwind", owes: "harbour"),
        adjusting(.unknownDispute, "of others", by: "suedkauf", owes: "harbour", under: true),
        adjusting(.unknownDispute, "of another agreement", owes: "suedkauf", under: true),
        adjusting(.unknownCurrency, "in another currency", currency: "USD"),
        adjusting(.paymentAmount, "beyond it", 101),
        row(.unknownDispute, "an adjustment of no dispute") { world in
            world.story.network.adjust(
                "harbour",
                owes: "nordwind",
                amount: 5,
                agreement: world.terms,
                dispute: 3
            )
        },
        row(.notAParty, "an adjustment of a dispute to a funder") { world in
            let share = NetworkTerms.funding(by: "suedkauf", budget: 10, exhausted: "stop")
            let bonus = NetworkTerms.percent(1, 1).with("funding", [share])
            let terms = NetworkTerms.exchange().with("bonuses", [bonus])
            let hash = try world.story.agree(terms)
            let dispute = try world.take { $0.dispute(hash, by: "nordwind") }
            try world.take { $0.acceptDispute(dispute, by: "harbour") }
            return world.story.network.adjust(
                "harbour",
                owes: "suedkauf",
                amount: 5,
                agreement: hash,
                dispute: dispute
            )
        },
        row(.paymentAmount, "more than is left of a dispute") { world in
            let terms = world.terms
            let dispute = try world.arbitration()
            let sign = { (network: inout Network) in
                network.adjust(
                    "harbour",
                    owes: "nordwind",
                    amount: 51,
                    agreement: terms,
                    dispute: dispute
                )
            }
            try world.take(sign)
            return sign(&world.story.network)
        },
        row(.invalidValue, "an adjustment of a dispute and a break") { world in
            let dispute = try world.dispute()
            try world.take { $0.acceptDispute(dispute, by: "harbour") }
            return world.story.network.adjust(
                "harbour",
                owes: "nordwind",
                amount: 5,
                agreement: world.terms,
                dispute: dispute,
                mending: "break"
            )
        },
    ]

    private static let breakAdjustments: [RejectionCase] = [
        row(.alreadySigned, "a break mended twice") { world in
            let terms = world.terms
            let sign = { (network: inout Network) in
                network.adjust(
                    "harbour",
                    owes: "nordwind",
                    amount: 5,
                    agreement: terms,
                    mending: "break"
                )
            }
            try world.take(sign)
            return sign(&world.story.network)
        },
        row(.alreadySigned, "a break mended beside its dispute") { world in
            _ = try world.dispute()
            return world.story.network.adjust(
                "harbour",
                owes: "nordwind",
                amount: 5,
                agreement: world.terms,
                mending: "break"
            )
        },
        row(.missingMember, "a break of no agreement mended") { world in
            world.story.network.adjust("harbour", owes: "nordwind", amount: 5, mending: "break")
        },
    ]
}
