import Settlement
import Testing

/// The state machine is the table of spec/20 §7.1, cell by cell.
@Suite struct SettlementLifeTests {
    /// Every combination of facts.
    private static let facts = (0..<16).map { bits in
        SettlementLife.Facts(
            isRecalculationDue: bits & 1 != 0,
            hasOpenLegs: bits & 2 != 0,
            hasClaim: bits & 4 != 0,
            holdsMoney: bits & 8 != 0
        )
    }

    @Test func everyCellIsThatOfTheChapter() throws {
        let table = try LifeTable<SettlementState, SettlementEvent>.read("20-settlement.md")
        var seen: Set<SettlementState> = []
        for row in table.rows {
            for state in row.states {
                #expect(seen.insert(state).inserted, "\(state) has two rows")
                for event in SettlementEvent.allCases {
                    let cell = try #require(row.cells[event], "\(event) has no column")
                    let outcomes = Set(
                        Self.facts.compactMap { SettlementLife.next(state, event, $0) }
                    )
                    #expect(outcomes == cell(state), "\(state) × \(event)")
                }
            }
        }
        #expect(seen == Set(SettlementState.allCases))
    }

    /// Where a cell names several states, or a condition, facts choose.
    @Test(arguments: [
        Choice(.advised, .calculate, [], nil),
        Choice(.advised, .calculate, [\.isRecalculationDue], .calculated),
        Choice(.advised, .collect, [], .settled),
        Choice(.advised, .collect, [\.hasOpenLegs], .collecting),
        Choice(.collecting, .commit, [\.holdsMoney], .settled),
        Choice(.collecting, .commit, [\.hasClaim, \.holdsMoney], .partlySettled),
        Choice(.collecting, .commit, [\.hasOpenLegs, \.hasClaim, \.holdsMoney], .committed),
        Choice(.committed, .paid, [\.hasOpenLegs, \.holdsMoney], .committed),
        Choice(.committed, .paid, [\.holdsMoney], .settled),
        Choice(.committed, .paid, [\.hasClaim, \.holdsMoney], .partlySettled),
        Choice(.collecting, .abort, [\.hasOpenLegs], .aborted),
        Choice(.collecting, .abort, [\.hasOpenLegs, \.holdsMoney], .refunding),
        Choice(.collecting, .abort, [\.hasOpenLegs, \.hasClaim], nil),
        Choice(.refunding, .paid, [\.hasOpenLegs, \.holdsMoney], .refunding),
        Choice(.refunding, .paid, [\.hasOpenLegs], .aborted),
    ])
    fileprivate func factsChoose(_ choice: Choice) {
        var facts = SettlementLife.Facts()
        for fact in choice.facts { facts[keyPath: fact] = true }
        #expect(SettlementLife.next(choice.state, choice.event, facts) == choice.expected)
    }
}

/// A cell with the facts that hold, and where it leads.
private struct Choice: Sendable {
    let state: SettlementState
    let event: SettlementEvent
    let facts: [any WritableKeyPath<SettlementLife.Facts, Bool> & Sendable]
    let expected: SettlementState?

    init(
        _ state: SettlementState,
        _ event: SettlementEvent,
        _ facts: [any WritableKeyPath<SettlementLife.Facts, Bool> & Sendable],
        _ expected: SettlementState?
    ) {
        self.state = state
        self.event = event
        self.facts = facts
        self.expected = expected
    }
}
