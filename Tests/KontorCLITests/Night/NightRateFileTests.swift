import Foundation
import KontorEngine
import Ledger
import Money
import Settlement
import Signing
import TestSupport
import Testing

@testable import KontorCLI

/// Rate files as they come, good and bad, through the operator's tool.
@Suite struct NightRateFileTests {
    private static let euro = "network/1/multilateral/EUR/1"

    /// A night of 11.00 USD that harbour owes cafe, and of 5.00 EUR that nordwind owes harbour.
    private static func world() throws -> NightWorld {
        let world = try NightWorld()
        try world.send(try world.deal("harbour", "cafe", change: NightWorld.converted), 1_100)
        try world.send(try world.deal("nordwind", "harbour"), 500)
        return world
    }

    private static let full = [-500, -500, 1_000].map { Int128($0) }

    /// How a file may be written that says the same.
    @Test(arguments: [
        "Date,USD,CHF\n2026-03-06,1.10,0.94\n",
        "Date,USD,CHF,\n2026-03-06,1.10,0.94,\n",
        "Date,CHF,JPY,USD\n2026-03-06,0.94,160.1,1.1000\n",
        "Date, USD, CHF,\r\n2026-03-06, 1.10, N/A,\r\n2026-03-05,1.2,0.95,\r\n",
        "Date,CHF,USD,\n06 March 2026,N/A,1.10,\n",
    ])
    func sameRates(text: String) throws {
        let world = try Self.world()
        try world.write(text, to: "rates.csv")
        try world.evening()
        #expect(
            try world.record(Self.euro).result.participants.map(\.position).sorted() == Self.full
        )
        #expect(try world.isClean())
    }

    /// Files that are refused as a whole: the window stays closed, and nothing is entered.
    @Test(arguments: [
        ("", "empty"), ("Day,USD\n2026-03-06,1.10\n", "Date"),
        ("Date,USD,USD\n2026-03-06,1.10,1.10\n", "columnDuplicate"),
        ("Date,USD,CHF\n2026-03-06,1.10\n", "rowShort"),
        ("Date,USD\n2026-03-06,1.10,0.94\n", "rowLong"),
        ("Date,USD\n2026-03-06,-1.10\n", "number"), ("Date,USD\n2026-03-06,1.1e0\n", "number"),
        ("Date,USD\n2026-03-06,0.0\n", "rateZero"), ("Date,USD\n2026-13-06,1.10\n", "date"),
        ("Date,USD\n2026-03-05,1.10\n2026-03-06,1.10\n", "dateOrder"),
        ("Date,USD\n2026-03-06,1,10\n", "rowLong"),
    ])
    func refused(text: String, word: String) throws {
        let world = try Self.world()
        try world.write(text, to: "rates.csv")
        world.setTime(NightWorld.cutoff(1).advanced(byMilliseconds: 60_000))
        let size = world.engine.head?.size
        let complaint = world.complaint { try world.run() }
        #expect(complaint.contains("rates.csv"), "\(complaint)")
        #expect(complaint.contains(word), "\(complaint)")
        #expect(world.engine.head?.size == size)
        try world.publishRates([("2026-03-06", "1.10")])
        try world.run()
        #expect(
            try world.record(Self.euro).result.participants.map(\.position).sorted() == Self.full
        )
    }

    /// No file of the source, or one of later days alone: the night waits at the fix.
    @Test func nothingUpToTheDay() throws {
        let world = try Self.world()
        world.setTime(NightWorld.cutoff(1).advanced(byMilliseconds: 60_000))
        #expect(world.complaint { try world.run() }.contains("--rates ecb=FILE"))
        try world.publishRates([("2026-03-20", "1.10")])
        #expect(world.complaint { try world.run() }.contains("it has no rates up to 2026-03-09"))
        try world.write("Date,USD,\n2026-03-06,N/A,\n", to: "rates.csv")
        #expect(world.complaint { try world.run() }.contains("it has no rates up to 2026-03-09"))
        #expect(world.book.windows(of: NightWorld.calendar).map(\.state) == [.closed])
    }

    /// Without a quote that is young enough, the debt alone is set aside, and settles when there is
    /// one.
    @Test(arguments: [
        "Date,CHF,\n2026-03-06,0.94,\n", "Date,USD,CHF,\n2026-03-06,N/A,0.94,\n",
        "Date,USD,\n2026-03-03,1.10,\n",
    ])
    func unratedIsCarried(text: String) throws {
        let world = try Self.world()
        try world.write(text, to: "rates.csv")
        try world.evening()
        #expect(
            try world.record(Self.euro).result.participants.map(\.position) == [500, -500]
        )
        try world.finish(Self.euro)
        try world.publishRates([("2026-03-10", "1.10"), ("2026-03-09", "1.10")])
        try world.evening(2)
        let second = "network/2/multilateral/EUR/1"
        #expect(
            try world.record(second).result.participants.map(\.position) == [1_000, -1_000]
        )
        try world.finish(second, 2)
        #expect(world.isEven)
        #expect(try world.isClean())
    }

    /// A file that was corrected after its sheet was entered on the day of the cut: the final sheet
    /// is the provisional one, so the new file is refused, and the old one holds.
    @Test func changedBetweenFixAndFinalise() throws {
        let world = try Self.world()
        world.setTime(NightWorld.cutoff(1).advanced(byMilliseconds: 60_000))
        try world.write("Date,USD,\n2026-03-09,1.10,\n", to: "rates.csv")
        let night = try world.night()
        var told: [String] = []
        try night.run(only: ["close", "fix"]) { told.append($0.text) }
        #expect(told.count == 2)
        try world.write("Date,USD,\n2026-03-09,1.11,\n", to: "rates.csv")
        let complaint = world.complaint { try world.run() }
        #expect(complaint.contains("settlement.finalise"), "\(complaint)")
        #expect(complaint.contains("InvalidValue"), "\(complaint)")
        #expect(world.book.windows(of: NightWorld.calendar).map(\.state) == [.fixed])
        try world.write("Date,USD,\n2026-03-09,1.10,\n", to: "rates.csv")
        try world.run()
        #expect(world.book.windows(of: NightWorld.calendar).map(\.state) == [.finalised])
        try world.finish(Self.euro)
        #expect(world.isEven, "one sheet, no true-up")
        #expect(try world.isClean())
    }

    /// Money that came in before an abort goes back by the bank, leg by leg, also in parts.
    @Test func returnsAfterAnAbort() throws {
        let world = try Self.world()
        try world.publishRates([("2026-03-06", "1.10")])
        try world.evening()
        try world.nextDay()
        try world.payAll(Self.euro)
        try world.sign(.settlementAbort, ["settlement": .string(Self.euro), "reason": "error"])
        #expect(try world.record(Self.euro).state == .refunding)
        func back(_ partner: String, _ amount: Int128, _ note: String) throws {
            _ = try world.payByHand(Self.euro, "operator/settlement", partner, amount, note)
        }
        #expect(world.complaint { try back("nordwind", 501, "much") }.contains("PaymentAmount"))
        #expect(world.complaint { try back("cafe", 1, "other") }.contains("UnknownPayment"))
        try back("nordwind", 200, "first")
        try back("nordwind", 200, "first")
        #expect(try world.record(Self.euro).legs.map(\.paid).reduce(0, +) == 800)
        try back("nordwind", 300, "second")
        #expect(try world.record(Self.euro).state == .refunding)
        try back("harbour", 500, "third")
        #expect(try world.record(Self.euro).state == .aborted)
        try world.run()
        let again = "network/1/multilateral/EUR/2"
        #expect(
            try world.record(again).result.participants.map(\.position).sorted() == Self.full
        )
        world.setTime(NightWorld.cutoff(1).advanced(byMilliseconds: 60 * 3_600_000))
        for _ in 0..<2 {
            try world.run()
            try world.payAll(again)
        }
        #expect(try world.record(again).state == .settled)
        #expect(world.isEven)
        #expect(try world.isClean())
    }

    /// What each loses at most, as the command prints it.
    @Test func exposure() throws {
        let world = try Self.world()
        let lines = world.book.exposureStatement()
        let text = ExposureCommand.text(lines, limit: nil, json: false)
        #expect(text.contains("harbour       nordwind"), "\(text)")
        let json = ExposureCommand.text(lines, limit: 1, json: true)
        let value = try JSONValue(parsing: Array(json.utf8))
        #expect(value["creditor"] == "harbour")
        #expect(value["debtor"] == "nordwind")
        #expect(value["atMost"] == 500)
        #expect(ExposureCommand.text([], limit: nil, json: false).hasPrefix("nobody"))
    }
}
