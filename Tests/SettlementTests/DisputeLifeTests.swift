import Settlement
import Testing

/// The state machine of a dispute is the table of spec/29 §3, cell by cell.
@Suite struct DisputeLifeTests {
    /// Every combination of facts.
    private static let facts = (0..<4).map { bits in
        DisputeLife.Facts(isLastRejection: bits & 1 != 0, isCovered: bits & 2 != 0)
    }

    @Test func everyCellIsThatOfTheChapter() throws {
        let table = try LifeTable<DisputeState, DisputeEvent>.read("29-reconciliation-entries.md")
        var seen: Set<DisputeState> = []
        for row in table.rows {
            for state in row.states {
                #expect(seen.insert(state).inserted, "\(state) has two rows")
                for event in DisputeEvent.allCases {
                    let cell = try #require(row.cells[event], "\(event) has no column")
                    let outcomes = Set(Self.facts.compactMap { DisputeLife.next(state, event, $0) })
                    #expect(outcomes == cell(state), "\(state) × \(event)")
                }
            }
        }
        #expect(seen == Set(DisputeState.allCases))
    }

    /// Where a cell names several states, facts choose; no other fact matters.
    @Test func factsChoose() {
        func next(_ state: DisputeState, _ event: DisputeEvent, _ bits: Int) -> DisputeState? {
            DisputeLife.next(state, event, Self.facts[bits])
        }
        #expect([0, 2].map { next(.open, .reject, $0) } == [.rejected, .rejected])
        #expect([1, 3].map { next(.open, .reject, $0) } == [.arbitration, .arbitration])
        for state in [DisputeState.accepted, .arbitration] {
            #expect([0, 1].map { next(state, .adjust, $0) } == [state, state])
            #expect([2, 3].map { next(state, .adjust, $0) } == [.adjusted, .adjusted])
        }
    }

    /// Whatever happens, a dispute that is not over can still end, and one that is over stays so.
    @Test func everyDisputeCanEnd() {
        for state in DisputeState.allCases where state != .none {
            let leaves = DisputeEvent.allCases.contains { event in
                Self.facts.contains { DisputeLife.next(state, event, $0)?.isOver == true }
            }
            #expect(leaves != state.isOver, "\(state)")
        }
    }
}
