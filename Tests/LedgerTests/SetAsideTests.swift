import Money
import Settlement
import Signing
import TestSupport
import Testing

@testable import Ledger

/// Debts that leave a night: suspension, missing rates, objections; and how they come back.
@Suite struct SetAsideTests {
    @Test func debtsOfASuspendedPartnerWaitInBothDirections() throws {
        var night = try NightStory.founded()
        let deals = [
            try night.deal("nordwind", "harbour"), try night.deal("harbour", "cafe"),
            try night.deal("cafe", "nordwind"),
        ]
        for (deal, units) in zip(deals, [500, 300, 70]) { try night.send(deal, Int64(units)) }
        try night.sign(.partnerSuspend, ["subject": "harbour", "reason": "security"])
        let first = try night.settle()
        #expect(night.book.debts(in: first).map(\.amount) == [70])
        #expect(night.setAside == [.suspended: 2])
        let second = try NightStory.id(2)
        try night.close()
        try night.fix()
        #expect(throws: Fault.self) { try night.rehearse() }
        try night.sign(.partnerReinstate, ["subject": "harbour"])
        #expect(night.setAside == [:])
        try night.close()
        try night.fix()
        let third = try night.calculate()
        #expect(night.book.debts(in: third).map(\.amount).sorted() == [300, 500])
        #expect(night.book.debts(in: third).allSatisfy { $0.window == 1 })
        try night.finish(third)
        #expect(night.isEven)
        #expect(night.book.settlement(second) == nil)
    }

    @Test func aNightOfWhichAllIsSetAsideIsCalculatedEmpty() throws {
        var night = try NightStory.founded()
        try night.send(try night.deal("nordwind", "harbour"), 500)
        try night.sign(.partnerSuspend, ["subject": "harbour", "reason": "security"])
        let id = try night.settle()
        let record = try #require(night.book.settlement(id))
        #expect(record.state == .settled)
        #expect(record.result.figures.participants == 0)
        #expect(record.result.figures.root == DigestBuilder.digest([]))
        #expect(night.setAside == [.suspended: 1])
        #expect(!night.isEven)
    }

    @Test func whatWasCalculatedSettlesUnchangedBySuspension() throws {
        var night = try NightStory.founded()
        try night.send(try night.deal("nordwind", "harbour"), 500)
        try night.close()
        try night.fix()
        let id = try night.calculate()
        try night.sign(.partnerSuspend, ["subject": "harbour", "reason": "security"])
        try night.finish(id)
        #expect(night.isEven)
    }

    @Test func aDebtWithoutQuoteWaitsForTheNextSheets() throws {
        var night = try NightStory.founded()
        let deal = try night.deal("nordwind", "harbour") { NightStory.converted($0, "USD") }
        try night.send(deal, 1_000)
        let first = try night.settle()
        #expect(night.book.debts(in: first).isEmpty)
        #expect(night.setAside == [.unrated: 1])
        try night.close()
        #expect(night.setAside == [:])
        try night.fix([night.sheet([("USD", (2, 1))])])
        let second = try night.calculate()
        #expect(night.book.debts(in: second).map(\.amount) == [500])
        try night.finish(second)
        #expect(night.isEven)
    }

    @Test func anObjectionBelowTheThresholdIsNotedAndSettles() throws {
        var night = try NightStory.founded()
        let deal = try night.deal("nordwind", "harbour")
        try night.send(deal, 500)
        let id = try Self.advised(&night)
        try night.sign(.settlementObject, by: "nordwind", Self.objection(id, deal, 500))
        let record = try #require(night.book.settlement(id))
        #expect(record.objections.map(\.isSetAside) == [false])
        try night.confirm(id, by: "nordwind")
        try night.confirm(id, by: "harbour")
        try night.startCollecting(id)
        try night.payAll(id)
        try night.commit(id)
        try night.payAll(id)
        #expect(night.isEven)
    }

    @Test func anObjectionAboveTheThresholdSetsTheAgreementAside() throws {
        var night = try NightStory.founded()
        let deal = try night.deal("nordwind", "harbour") {
            $0.with("settlement.disputeThreshold", 100)
        }
        try night.send(deal, 500)
        try night.send(try night.deal("cafe", "harbour"), 40)
        let id = try Self.advised(&night)
        try night.confirm(id, by: "cafe")
        try night.sign(.settlementObject, by: "harbour", Self.objection(id, deal, 101))
        #expect(night.setAside == [.objected: 1])
        let rehearsal = try night.rehearse()
        #expect(rehearsal.revision == 1 && rehearsal.id == id)
        try night.calculate()
        let record = try #require(night.book.settlement(id))
        #expect(record.state == .calculated && record.confirmed.isEmpty)
        #expect(night.book.debts(in: id).map(\.amount) == [40])
        try night.finish(id)
        let owed = BookView(night.book).owed("nordwind", "harbour")
        #expect(owed == 500)
        try night.sign(
            .settlementWithdraw,
            by: "harbour",
            NightStory.members(id, ["agreement": .string(deal.terms.base64URL)])
        )
        #expect(night.setAside == [:])
        let second = try night.settle()
        #expect(night.book.debts(in: second).map(\.amount) == [500])
        #expect(night.isEven)
    }

    @Test func aSettlementThatLosesAllItsDebtsEndsEmpty() throws {
        var night = try NightStory.founded()
        let deal = try night.deal("nordwind", "harbour") {
            $0.with("settlement.disputeThreshold", 100)
        }
        try night.send(deal, 500)
        let id = try Self.advised(&night)
        try night.sign(.settlementObject, by: "harbour", Self.objection(id, deal, 400))
        try night.calculate()
        try night.finish(id)
        #expect(night.book.settlement(id)?.state == .settled)
        #expect(night.setAside == [.objected: 1])
    }

    private static func advised(_ night: inout NightStory) throws -> SettlementID {
        try night.close()
        try night.fix()
        let id = try night.calculate()
        try night.act(.settlementAdvise, id)
        return id
    }

    static func objection(
        _ id: SettlementID,
        _ deal: NightStory.Deal,
        _ amount: Int64
    ) -> JSONValue {
        NightStory.members(
            id,
            [
                "agreement": .string(deal.terms.base64URL), "amount": .integer(amount),
                "reason": "amount",
            ]
        )
    }
}

extension NightStory {
    /// How many debts of closed windows are set aside, by reason.
    var setAside: [WindowDebt.Status: Int] {
        var counts: [WindowDebt.Status: Int] = [:]
        for window in book.nights.calendars[Self.calendar]?.windows ?? [] {
            for debt in window.debts where debt.status.isSetAside {
                counts[debt.status, default: 0] += 1
            }
        }
        return counts
    }

    /// An attempt of a window in EUR, netted among all.
    static func id(_ window: UInt64, attempt: Int64 = 1) throws -> SettlementID {
        try #require(SettlementID("network/\(window)/multilateral/EUR/\(attempt)"))
    }
}
