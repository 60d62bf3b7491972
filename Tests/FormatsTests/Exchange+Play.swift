import Foundation
import Settlement
import Signing
import Testing
import TestSupport

@testable import Formats

/// Books made of a seed, and an exchange played between two sides.
enum Exchange {
    static let names = (nordwind: "nordwind/miles", talweg: "talweg/stars")

    static func scope(window: UInt64 = 7) throws -> BookScope {
        let slugs = ["nordwind", "talweg", "eur"].compactMap { Slug($0) }
        let scope = BookScope(
            ledger: DigestBuilder.digest([1]),
            slugs[0],
            slugs[1],
            calendar: slugs[2],
            window: window
        )
        return try #require(scope)
    }

    /// The name of transfer number `number`: twenty items a transfer.
    static func name(_ number: Int) -> ItemName {
        let id = UInt64(number / 20)
        let high = UInt128(0x0198_0000_0000 + id) << 80 | UInt128(0x7000) << 64
        let low = UInt128(1 << 63 | (id &* 0x9e37_79b9_7f4a_7c15) >> 2)
        return ItemName(transfer: high | low, item: UInt16(number % 20))
    }

    /// A book of transfers, each with the units that a function says; nil leaves it out.
    static func book(
        _ numbers: Range<Int>,
        window: UInt64 = 7,
        _ amount: (Int) -> Int64?
    ) throws -> BookDigest {
        var table = BookTable()
        let units = (table.number(of: names.nordwind), table.number(of: names.talweg))
        let (debit, credit) = (try #require(units.0), try #require(units.1))
        table.rows.reserveCapacity(2 * numbers.count)
        for number in numbers {
            guard let amount = amount(number) else { continue }
            let name = name(number)
            var row = BookRow()
            row.transfer = name.transfer
            row.item = name.item
            row.unit = debit
            row.units = -amount
            table.rows.append(row)
            row.unit = credit
            row.units = 2 * amount
            table.rows.append(row)
        }
        return try BookDigest(table, scope: try scope(window: window))
    }

    /// The units of a transfer.
    static func units(_ number: Int) -> Int64 { Int64(number &* 7_919 % 100_000) + 1 }

    /// What came out of a play.
    struct Outcome {
        var caller: DigestComparison?
        var answerer: DigestComparison?
        var messages = 0
        var bytes = 0
        var fault: FormatError?
    }

    /// Plays an exchange until both are done or one finds a fault; `change` may alter a line on its
    /// way: who sent it, the number of the line from 0, the line.
    static func play(
        _ one: some DigestExchange,
        _ other: some DigestExchange,
        _ change: (Bool, Int, inout [UInt8]) -> Void = { _, _, _ in }
    ) -> Outcome {
        var (caller, answerer) = (one, other)
        var outcome = Outcome()
        var calls = caller.begin()
        var answers = answerer.begin()
        do throws(FormatError) {
            while !calls.isEmpty || !answers.isEmpty {
                let isCall = !calls.isEmpty
                var line = isCall ? calls.removeFirst() : answers.removeFirst()
                change(isCall, outcome.messages, &line)
                outcome.messages += 1
                outcome.bytes += line.count
                if isCall {
                    let step = try answerer.receive(line)
                    answers += step.lines
                    outcome.answerer = step.result ?? outcome.answerer
                } else {
                    let step = try caller.receive(line)
                    calls += step.lines
                    outcome.caller = step.result ?? outcome.caller
                }
            }
        } catch { outcome.fault = error }
        return outcome
    }
}
