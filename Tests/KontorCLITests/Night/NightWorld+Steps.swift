import Foundation
import Formats
import KontorEngine
import Ledger
import Money
import Settlement
import Signing
import TestSupport
import Testing

@testable import KontorCLI

/// Steps of a night entered by hand, so that they can say what is wrong.
extension NightWorld {
    /// Closes the open window at its first cut-off.
    @discardableResult
    func close(_ window: Int64 = 1) throws -> UInt64 {
        let cutoff = Self.cutoff(window)
        setTime(cutoff.advanced(byMilliseconds: 60_000))
        let seed = DigestBuilder.digest(Array("by hand \(window)".utf8)).base64URL
        return try sign(
            .settlementClose,
            [
                "calendar": .string(Self.calendar),
                "start": .integer(Int64(book.openWindow(of: Self.calendar).start)),
                "cutoff": .string(cutoff.description), "seed": .string(seed),
            ]
        )
    }

    /// Fixes a window by the file of 2026-03-06, with a dollar of so many hundredths for a euro.
    @discardableResult
    func fix(_ window: Int64 = 1, dollar: Int64) throws -> UInt64 {
        let file = try #require(try NightRates(options: ["ecb=" + path("rates.csv")]).files.first)
        let quote: JSONValue = [
            "currency": "USD", "rate": ["numerator": .integer(dollar), "denominator": 100],
        ]
        let sheet: JSONValue = [
            "source": "ecb", "date": "2026-03-06",
            "file": .string(file.rates.sha256.base64URL), "base": "EUR", "quotes": [quote],
        ]
        return try sign(
            .settlementFix,
            ["calendar": .string(Self.calendar), "window": .integer(window), "sheets": [sheet]]
        )
    }

    /// Calculates a settlement, as it is due but for the head of the log.
    @discardableResult
    func calculate(_ id: String, head: Digest? = nil) throws -> UInt64 {
        let id = try #require(SettlementID(id))
        let due = try book.rehearseCalculation(
            calendar: id.calendar,
            window: id.window,
            model: id.model,
            currency: id.currency
        )
        let figures = due.result.figures
        let root = try head ?? engine.root(at: figures.size)
        return try sign(
            .settlementCalculate,
            [
                "settlement": .string(id.description), "revision": .integer(due.revision),
                "participants": .integer(Int64(figures.participants)),
                "debts": .integer(Int64(figures.debts)), "gross": .integer(Int64(figures.gross)),
                "paid": .integer(Int64(figures.paid)), "float": .integer(Int64(figures.float)),
                "root": .string(figures.root.base64URL),
                "size": .integer(Int64(figures.size)), "head": .string(root.base64URL),
            ]
        )
    }
}
