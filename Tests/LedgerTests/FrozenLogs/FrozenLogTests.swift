import Foundation
import Ledger
import Signing
import TestSupport
import Testing

/// Logs of every released rule set replay for ever, to the same states (spec/01 §1).
@Suite struct FrozenLogTests {
    @Test(arguments: Limits.rules)
    func aFrozenLogGivesItsStates(_ rules: Int64) throws {
        let log = try FrozenLog.read(rules)
        #expect(try log.replay() == log.states.map(\.digest))
        #expect(log.states.last.map { Int($0.size) } == log.entries.count)
    }

    /// The newest kinds of each set stand in its log.
    @Test func eachLogShowsItsRuleSet() throws {
        for rules in Limits.rules {
            let kinds = try Set(
                FrozenLog.read(rules).entries.map { entry in
                    try SignedStatement(parsing: Array(entry.jws.utf8)).statement.kind
                }
            )
            #expect(kinds.map(\.rules).max() == rules)
            let due = Kind.allCases.filter { $0.rules == 3 && rules == 3 }
            #expect(due.allSatisfy(kinds.contains), "rule set \(rules)")
        }
    }

    /// A log without one of its entries is not that log.
    @Test(arguments: Limits.rules)
    func aGapIsFound(_ rules: Int64) throws {
        let log = try FrozenLog.read(rules)
        for place in stride(from: 1, to: log.entries.count, by: 3) {
            var shorter = log
            shorter.entries.remove(at: place)
            let digests = try? shorter.replay()
            #expect(digests != log.states.map(\.digest), "without entry \(place)")
        }
    }

    /// Writes the log of a rule set that has none; what was frozen is never written again.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["KONTOR_FREEZE"] == "1"))
    func freeze() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        for rules in Limits.rules {
            let place = FrozenLog.place(of: rules)
            guard !FileManager.default.fileExists(atPath: place.path()) else { continue }
            try encoder.encode(FrozenLogStories.log(of: rules)).write(to: place)
        }
    }
}
