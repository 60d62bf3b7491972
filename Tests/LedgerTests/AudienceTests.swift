import Signing
import TestSupport
import Testing

@testable import Ledger

/// Who may read which entry: one row for each kind, so that none is forgotten.
@Suite struct AudienceTests {
    /// The table of spec/11 §1 in names, for the entries of `AudienceWorld`.
    static let readers: [Kind: Book.Audience] = [
        .genesis: .all, .rulesActivate: .all, .operatorAdd: .all, .operatorRemove: .all,
        .operatorApprove: .all, .auditorAdmit: .all, .auditorRemove: .all, .logKeyAdd: .all,
        .logKeyRevoke: .all, .calendarPublish: .all, .networkPolicy: .all, .partnerInvite: .all,
        .partnerApply: .all, .partnerAdmit: .all, .partnerSuspend: .all, .partnerReinstate: .all,
        .partnerClose: .all, .partnerRekey: .all, .partnerAccount: .names(["nordwind"]),
        .keyAdd: .all, .keyRevoke: .all, .programDefine: .all, .programAmend: .all,
        .ratesPublish: .all,
        .agreementPropose: .names(["nordwind", "harbour", "suedkauf"]),
        .agreementAccept: .names(["nordwind", "harbour", "suedkauf"]),
        .agreementTerminate: .names(["nordwind", "harbour", "suedkauf"]),
        .memberOpen: .names(["nordwind", "harbour"]),
        .memberClose: .names(["harbour", "nordwind"]),
        .transfers: .names(["nordwind", "harbour"]),
        .transfersCommit: .names(["nordwind", "harbour"]),
        .transfersVoid: .names(["nordwind", "harbour"]),
        .transfersReverse: .names(["nordwind", "harbour"]),
        .limitSet: .names(["nordwind"]), .coverPost: .names(["nordwind"]),
        .coverDraw: .names(["nordwind"]), .coverRelease: .names(["nordwind"]),
        .adjustmentPost: .names(["nordwind", "harbour"]),
        .settlementClose: .names([]), .settlementFix: .all, .settlementFinalise: .all,
        .settlementCalculate: .all, .settlementAdvise: .all,
        .settlementConfirm: .names(["nordwind"]),
        .settlementObject: .names(["nordwind", "harbour", "suedkauf"]),
        .settlementWithdraw: .names(["nordwind", "harbour", "suedkauf"]),
        .settlementCollect: .all, .settlementPaid: .names(["nordwind", "harbour"]),
        .settlementCommit: .all, .settlementAcknowledge: .names(["harbour"]),
        .settlementAbort: .all, .claimOpen: .all, .claimRecover: .names(["operator-a"]),
        .fixingAccept: .names(["nordwind", "harbour", "suedkauf"]),
        .reconciliationCertify: .names(["harbour", "nordwind"]),
        .disputeOpen: .names(["nordwind", "harbour"]),
        .disputeReject: .names(["nordwind", "harbour"]),
        .disputeRestate: .names(["nordwind", "harbour"]),
        .disputeAccept: .names(["nordwind", "harbour"]),
        .disputeWithdraw: .names(["nordwind", "harbour"]),
    ]

    @Test func everyKindHasItsReaders() throws {
        let world = try AudienceWorld()
        for kind in Kind.allCases {
            let statement = try #require(world.statement(of: kind), "no entry of \(kind)")
            let expected = try #require(Self.readers[kind], "no row for \(kind)")
            #expect(world.audience(of: statement) == expected, "\(kind)")
            // The words of the table in code and the names agree.
            #expect((expected == .all) == (kind.rule.readers == .all), "\(kind)")
        }
    }

    @Test func everyRoleReadsWhatItMay() throws {
        let world = try AudienceWorld()
        let names = ["nordwind", "harbour", "suedkauf", "loyal"]
        for kind in Kind.allCases {
            let audience = world.audience(of: try #require(world.statement(of: kind)))
            for role in [Reader.Role.networkOperator, .auditor] {
                #expect(Reader(role: role, name: "x").mayRead(audience), "\(role), \(kind)")
            }
            for name in names {
                let isParty: Bool
                switch try #require(Self.readers[kind]) {
                case .all: isParty = true
                case .names(let parties): isParty = parties.contains(name)
                }
                let reader = Reader(role: .partner, name: name)
                #expect(reader.mayRead(audience) == isParty, "\(name), \(kind)")
            }
            // A partner that is named like a role gains nothing by it.
            #expect(
                Reader(role: .partner, name: "operator").mayRead(audience) == (audience == .all)
            )
        }
    }

    @Test func bothPartnersReadAnAcceptanceOfMembers() throws {
        var world = try AudienceWorld()
        let pair = Book.Audience.names(["nordwind", "harbour"])
        // Accepted in the founding of the world: the proposal is gone from the state.
        let accepted = try #require(world.acceptance)
        #expect(world.audience(of: accepted) == pair)
        #expect(world.story.ledger.book.registry.memberProposals.isEmpty)
        // While the proposal still waits, its acceptance has the same readers.
        let proposal = world.story.network.openMembers(
            [world.story.network.pseudonym()],
            with: "harbour",
            by: "nordwind"
        )
        try world.story.take(proposal)
        let digest = Network.payloadDigest(proposal)
        let text = world.story.network.acceptMembers(digest, by: "harbour")
        #expect(world.audience(of: try SignedStatement(parsing: text).statement) == pair)
        // Of an acceptance of nothing only its signer is a reader.
        let stray = world.story.network.acceptMembers(.zero, by: "harbour")
        let audience = world.audience(of: try SignedStatement(parsing: stray).statement)
        #expect(audience == .names(["harbour"]))
    }

    @Test func acceptancesOutliveAProjection() throws {
        let world = try AudienceWorld()
        let accepted = try #require(world.acceptance)
        var book = world.story.ledger.book
        book.markAllChanged()
        var restored = Book(restoring: book.snapshot)
        var isLoaded = true
        book.takeChangedPages { table, number, bytes in
            isLoaded = restored.load(table, page: number, bytes) && isLoaded
        }
        restored.finishLoading()
        #expect(isLoaded)
        #expect(restored.stateDigest() == book.stateDigest())
        let audience = restored.audience(of: accepted) { _ in nil }
        #expect(audience == .names(["nordwind", "harbour"]))
    }

    @Test func aReversalOfACommitHasTheReadersOfItsTransfers() throws {
        let world = try AudienceWorld()
        let reversal = try #require(world.statement(of: .transfersReverse))
        #expect(reversal.body.transfersEntry == world.commitEntry)
        #expect(world.audience(of: reversal) == .names(["nordwind", "harbour"]))
        // Without the entries at hand it is not shown to strangers.
        let alone = world.story.ledger.book.audience(of: reversal) { _ in nil }
        #expect(alone == .names(["harbour"]))
    }

    @Test func aPartnerWithItselfIsOneReader() throws {
        var story = try NetworkStory.founded()
        let hash = try story.agree(NetworkTerms.inside())
        let member = try story.member("nordwind", "nordwind")
        let text = story.network.transfers(
            from: "nordwind",
            terms: hash,
            items: [Network.item(member, amount: 5)]
        )
        try story.take(text)
        let statement = try SignedStatement(parsing: text).statement
        let audience = story.ledger.book.audience(of: statement) { _ in nil }
        #expect(audience == .names(["nordwind"]))
    }
}
