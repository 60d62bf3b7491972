import Formats
import KontorEngine
import Ledger
import Settlement
import Signing
import Testing

@testable import KontorCLI

/// A settlement's payments against files that a bank might write.
@Suite struct BankSideTests {
    private static let euro = "network/1/multilateral/EUR/1"

    /// A night that waits for its payments: nordwind pays 500, cafe 70, harbour gets 570.
    private func collecting() throws -> NightWorld {
        let world = try NightWorld()
        try world.send(try world.deal("nordwind", "harbour"), 500)
        try world.send(try world.deal("cafe", "harbour"), 70)
        try world.evening()
        try world.nextDay()
        return world
    }

    private func check(_ world: NightWorld, _ bytes: [UInt8], days: Int = 30) throws -> BankOutcome
    {
        let record = try world.record(Self.euro)
        let side = BankSide(record: record, accounts: world.accounts)
        let file = try BankStatementFile(parsing: bytes)
        let day = world.clock.now().date().days + days
        let result = try BankCheck(
            dues: side.dues,
            lines: side.lines(of: file),
            asOf: Int32(clamping: day)
        )
        return BankOutcome(
            id: record.id,
            check: result,
            threeWays: side.threeWays(result, statements: side.told),
            hasStatements: false,
            identity: nil,
            names: [(file.sha256.base64URL, "bank.xml")]
        )
    }

    @Test func whatCameInIsTakenAsPaid() throws {
        let world = try collecting()
        let legs = try world.legs(of: Self.euro)
        #expect(legs.map(\.amount).reduce(0, +) == 570)
        let outcome = try check(world, world.camt(legs), days: 0)
        let paid = outcome.check.outcomes.filter { $0.state == .paid }.count
        #expect(paid == 2)
        #expect(outcome.check.breaks.isEmpty)
        // The payout to harbour is due and not made yet.
        #expect(outcome.threeWays.lines.map(\.agrees) == [true, false, true])
    }

    @Test func partsSurplusesAndStrangersAreNamed() throws {
        let world = try collecting()
        var legs = try world.legs(of: Self.euro)
        let large = try #require(legs.firstIndex { $0.amount == 500 })
        let small = try #require(legs.firstIndex { $0.amount == 70 })
        legs[large].amount = 300
        legs[small].amount = 71
        legs.append(NightWorld.BankEntry(endToEnd: "NOBODY", amount: 5))
        let outcome = try check(world, world.camt(legs))
        let types = outcome.check.breaks.map(\.type)
        #expect(types.contains(.short) && types.contains(.over) && types.contains(.unexpected))
        #expect(outcome.text.contains("Paid short"))
        #expect(outcome.text.contains("due 5.00, came 3.00 EUR (bank.xml, line "))
        #expect(!outcome.agrees)
    }

    @Test func whatGoesBackIsTakenOff() throws {
        let world = try collecting()
        var legs = try world.legs(of: Self.euro)
        var back = try #require(legs.first { $0.amount == 500 })
        back.isCredit = false
        legs.append(back)
        let outcome = try check(world, world.camt(legs))
        #expect(
            outcome.check.breaks.contains { $0.type == .unpaid && $0.cause == .voided }
        )
    }
}
