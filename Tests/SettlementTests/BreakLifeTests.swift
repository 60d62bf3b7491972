import Settlement
import Testing

/// The state machine of a break is the table of spec/28 §4.3, cell by cell.
@Suite struct BreakLifeTests {
    /// Every combination of facts.
    private static let facts = BreakState.allCases.flatMap { before in
        (0..<4).map { bits in
            BreakLife.Facts(
                needsSecond: bits & 1 != 0,
                owesNothing: bits & 2 != 0,
                before: before
            )
        }
    }

    @Test func everyCellIsThatOfTheChapter() throws {
        let table = try LifeTable<BreakState, BreakAction>.read("28-digests-and-journal.md")
        var seen: Set<BreakState> = []
        for row in table.rows {
            for state in row.states {
                #expect(seen.insert(state).inserted, "\(state) has two rows")
                for action in BreakAction.allCases {
                    let cell = try #require(row.cells[action], "\(action) has no column")
                    let outcomes = Set(
                        Self.facts.compactMap { BreakLife.next(state, action, $0) }
                    )
                    #expect(outcomes == cell(state), "\(state) × \(action)")
                }
            }
        }
        #expect(seen == Set(BreakState.allCases))
    }

    /// Where a cell names several states, or a condition, facts choose.
    @Test func factsChoose() {
        for state in [BreakState.open, .assigned, .proposing, .proposed] {
            #expect(BreakLife.next(state, .propose, .init()) == .proposed)
            #expect(BreakLife.next(state, .propose, .init(needsSecond: true)) == .proposing)
        }
        #expect(BreakLife.next(.proposed, .agree, .init()) == .agreed)
        #expect(BreakLife.next(.proposed, .agree, .init(needsSecond: true)) == .agreeing)
        #expect(BreakLife.next(.agreed, .adjust, .init()) == .adjusted)
        #expect(BreakLife.next(.agreed, .adjust, .init(owesNothing: true)) == nil)
        #expect(BreakLife.next(.agreed, .close, .init()) == nil)
        #expect(BreakLife.next(.agreed, .close, .init(owesNothing: true)) == .closed)
        #expect(BreakLife.next(.closed, .undo, .init(before: .adjusted)) == .adjusted)
        #expect(BreakLife.next(.closed, .undo, .init(before: .closed)) == nil)
    }

    /// What both have signed leads on and not back, and every break can be closed.
    @Test func nothingIsStuck() {
        for state in BreakState.allCases where state != .closed {
            var reached: Set<BreakState> = [state]
            var waiting = [state]
            while let state = waiting.popLast() {
                for action in BreakAction.allCases where action != .undo {
                    for facts in Self.facts {
                        guard let next = BreakLife.next(state, action, facts),
                            reached.insert(next).inserted
                        else { continue }
                        waiting.append(next)
                    }
                }
            }
            #expect(reached.contains(.closed), "\(state)")
        }
    }
}
