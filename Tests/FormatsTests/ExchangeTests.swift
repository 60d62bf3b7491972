import Foundation
import Signing
import Testing
import TestSupport

@testable import Formats

/// Two sides find what differs, in few messages and without showing rows (spec/28 §2).
@Suite struct ExchangeTests {
    @Test func equalBooksNeedOneExchangeOfRoots() throws {
        let book = try Exchange.book(0..<5_000, Exchange.units)
        let outcome = Exchange.play(DigestCaller(book), DigestAnswerer(book))
        #expect(outcome.messages == 2)
        #expect(outcome.caller?.isEqual == true && outcome.answerer?.isEqual == true)
        #expect(outcome.caller?.own.root == book.root)
    }

    /// One missing, one extra and one changed among many; `KONTOR_ROWS` sets how many.
    @Test func threeDifferencesAmongMany() throws {
        let count = ProcessInfo.processInfo.environment["KONTOR_ROWS"].flatMap(Int.init) ?? 20_000
        let (missing, extra, changed) = (count / 3, count / 5, count / 2)
        let one = try Exchange.book(0..<count) { $0 == missing ? nil : Exchange.units($0) }
        let other = try Exchange.book(0..<count) {
            $0 == extra ? nil : Exchange.units($0) + ($0 == changed ? 1 : 0)
        }
        let outcome = Exchange.play(DigestCaller(one), DigestAnswerer(other))
        #expect(outcome.fault == nil)
        #expect(outcome.messages <= 64 && outcome.bytes <= 64 * 1_024)
        let result = try #require(outcome.caller)
        let found = Set(result.differences.map { "\($0.name) \($0.kind)" })
        let expected: Set = [
            "\(Exchange.name(missing)) missingHere", "\(Exchange.name(extra)) missingThere",
            "\(Exchange.name(changed)) changed",
        ]
        #expect(found == expected)
        #expect(!result.isEqual && !result.isTooDifferent)
        check(outcome)
    }

    @Test func whollyDifferentBooksEndEarly() throws {
        let one = try Exchange.book(0..<20_000, Exchange.units)
        let other = try Exchange.book(0..<20_000) { Exchange.units($0) + 1 }
        let outcome = Exchange.play(DigestCaller(one), DigestAnswerer(other))
        #expect(outcome.fault == nil)
        #expect(outcome.messages <= 16 && outcome.bytes <= 128 * 1_024)
        for result in [outcome.caller, outcome.answerer] {
            let result = try #require(result)
            #expect(result.isTooDifferent && result.differences.isEmpty)
            #expect(result.differenceCount > 1_000 && result.differenceCount <= 20_000)
        }
        let nothing = try Exchange.book(0..<0, Exchange.units)
        let empty = Exchange.play(DigestCaller(one), DigestAnswerer(nothing))
        #expect(empty.messages == 3 && empty.caller?.differenceCount == 20_000)
    }

    /// Small books of any kind: both sides find exactly what a look at both shows.
    @Test func anyTwoSmallBooks() throws {
        let runs = ProcessInfo.processInfo.environment["KONTOR_SEEDS"].flatMap(UInt64.init) ?? 60
        for seed in 0..<runs {
            var random = RandomSource(seed: seed)
            let count = Int(random.number(0...400))
            let chance = random.number(0...100)
            var (left, right): ([Int: Int64], [Int: Int64]) = ([:], [:])
            for number in 0..<count {
                if random.chance(90) { left[number] = Exchange.units(number) }
                right[number] = random.chance(chance) ? random.number(1...50) : left[number]
            }
            let one = try Exchange.book(0..<count) { left[$0] }
            let other = try Exchange.book(0..<count) { right[$0] }
            let outcome = Exchange.play(DigestCaller(one), DigestAnswerer(other))
            let expected = (0..<count).filter { left[$0] != right[$0] }.map(Exchange.name).sorted()
            #expect(outcome.fault == nil, "seed \(seed)")
            #expect(outcome.caller?.differences.map(\.name) == expected, "seed \(seed)")
            for difference in outcome.caller?.differences ?? [] {
                #expect(difference.own == one.leafHash(of: difference.name), "seed \(seed)")
                #expect(difference.other == other.leafHash(of: difference.name), "seed \(seed)")
            }
            check(outcome, "seed \(seed)")
        }
    }

    @Test func theLimitIsSettable() throws {
        let one = try Exchange.book(0..<500, Exchange.units)
        let other = try Exchange.book(0..<500) { $0 < 12 ? nil : Exchange.units($0) }
        let few = DigestCaller(one, differenceLimit: 11)
        #expect(Exchange.play(few, DigestAnswerer(other)).caller?.isTooDifferent == true)
        let enough = DigestCaller(one, differenceLimit: 12)
        #expect(Exchange.play(enough, DigestAnswerer(other)).caller?.differences.count == 12)
    }

    /// Both sides tell the same story, each from its own point of view.
    private func check(_ outcome: Exchange.Outcome, _ note: String = "") {
        let seen = outcome.answerer?.differences.map {
            DigestDifference(name: $0.name, own: $0.other, other: $0.own)
        }
        #expect(outcome.caller?.differences == seen, "\(note)")
        #expect(outcome.caller?.own == outcome.answerer?.other, "\(note)")
    }
}
