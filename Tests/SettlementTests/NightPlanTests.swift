import Money
import Settlement
import Testing

/// What a night needs next, by where it stands: every state, and the order of windows.
@Suite struct NightPlanTests {
    private static let now: Int64 = 1_000_000

    private func book(
        _ window: UInt64 = 1,
        _ model: SettlementModel = .multilateral,
        _ code: String = "EUR"
    ) throws -> NightStep.Book {
        NightStep.Book(window: window, model: model, currency: try #require(Currency(code)))
    }

    private func window(
        _ number: UInt64 = 1,
        isFixed: Bool = true,
        isFinal: Bool = true,
        _ settlements: [NightPlan.Settlement] = []
    ) -> NightPlan.Window {
        NightPlan.Window(
            number: number,
            isFixed: isFixed,
            isFinal: isFinal,
            settlements: settlements
        )
    }

    private func steps(
        _ windows: [NightPlan.Window],
        nextCutoff: Int64? = nil
    ) -> [NightStep] {
        NightPlan(nextCutoff: nextCutoff, windows: windows).steps(at: Self.now)
    }

    @Test(arguments: SettlementState.allCases)
    func everyStateHasItsStep(_ state: SettlementState) throws {
        let book = try book()
        let expected: [NightStep] =
            switch state {
            case .none, .aborted: [.calculate(book, revision: 0)]
            case .calculated: [.advise(book)]
            case .advised: [.awaitObjections(book, until: Self.now + 1)]
            case .collecting: [.awaitPayments(book, deadline: 7)]
            case .committed: [.awaitPayouts(book)]
            case .refunding: [.awaitRefunds(book)]
            case .settled, .partlySettled: []
            }
        let settlement = NightPlan.Settlement(
            book: book,
            state: state,
            objectionsEnd: Self.now + 1,
            deadline: 7,
            hasOpenCollections: true
        )
        #expect(steps([window(1, [settlement])]) == expected)
    }

    @Test(
        arguments: [
            // recalculation due, objections end, confirmed
            (true, 1, true, "calculate"), (true, -1, false, "calculate"),
            (true, 0, true, "calculate"),
            (false, 1, false, "await"), (false, 0, false, "collect"), (false, -1, false, "collect"),
            (false, 1, true, "collect"),
        ] as [(Bool, Int64, Bool, String)]
    )
    func objectionsEndByTimeOrByEverybodysSignature(
        isDue: Bool,
        later: Int64,
        isConfirmed: Bool,
        expected: String
    ) throws {
        let book = try book()
        let settlement = NightPlan.Settlement(
            book: book,
            state: .advised,
            isRecalculationDue: isDue,
            objectionsEnd: Self.now + later,
            isConfirmed: isConfirmed
        )
        let step: NightStep =
            switch expected {
            case "calculate": .calculate(book, revision: 1)
            case "collect": .collect(book)
            default: .awaitObjections(book, until: Self.now + later)
            }
        #expect(steps([window(1, [settlement])]) == [step])
    }

    @Test func whenPayersHavePaidItIsCommitted() throws {
        let book = try book()
        let paid = NightPlan.Settlement(book: book, state: .collecting)
        #expect(steps([window(1, [paid])]) == [.commit(book)])
    }

    @Test func aCutoffIsAwaitedOrHasCome() {
        #expect(steps([]) == [])
        #expect(steps([], nextCutoff: Self.now + 1) == [.awaitCutoff(Self.now + 1)])
        #expect(steps([], nextCutoff: Self.now) == [.close(cutoff: Self.now)])
        #expect(steps([], nextCutoff: 1) == [.close(cutoff: 1)])
    }

    @Test func windowsAreFixedOneAfterTheOther() {
        let windows = [1, 2, 3].map { window($0, isFixed: false, isFinal: false) }
        #expect(steps(windows) == [.fix(window: 1)])
        let second = [window(1)] + windows.dropFirst()
        #expect(steps(second) == [.fix(window: 2)])
    }

    @Test func windowsAreFinalisedOneAfterTheOther() {
        let fixed = window(1, isFinal: false)
        #expect(steps([fixed]) == [.finalise(window: 1)])
        #expect(steps([fixed, window(2, isFinal: false)]) == [.finalise(window: 1)])
        #expect(
            steps([window(1), window(2, isFixed: false, isFinal: false)]) == [.fix(window: 2)],
            "what is not fixed is not finalised"
        )
    }

    /// Per state of the first window, whether the second one of the same series goes on.
    @Test(arguments: SettlementState.allCases)
    func aSeriesSettlesInOrder(_ state: SettlementState) throws {
        let first = NightPlan.Settlement(book: try book(1), state: state, hasOpenCollections: true)
        let second = NightPlan.Settlement(book: try book(2), state: .none)
        let goesOn = state.isCommitted
        let steps = steps([window(1, [first]), window(2, [second])])
        #expect(steps.contains(.calculate(try book(2), revision: 0)) == goesOn)
    }

    @Test func seriesDoNotWaitForEachOther() throws {
        let first = NightPlan.Settlement(book: try book(1), state: .calculated)
        let others = try [
            book(2, .bilateral), book(2, .multilateral, "USD"), book(2, .multilateral, "EUR"),
        ]
        let settlements = others.map { NightPlan.Settlement(book: $0, state: .none) }
        #expect(
            steps([window(1, [first]), window(2, settlements)])
                == [
                    .advise(first.book), .calculate(others[0], revision: 0),
                    .calculate(others[1], revision: 0),
                ]
        )
    }

    @Test func whatIsCommittedIsPaidBesideTheNextNight() throws {
        let first = NightPlan.Settlement(book: try book(1), state: .committed)
        let second = NightPlan.Settlement(book: try book(2), state: .calculated)
        #expect(
            steps([window(1, [first]), window(2, [second])])
                == [.awaitPayouts(first.book), .advise(second.book)]
        )
    }

    @Test func onlyTheOperatorsOwnStepsAreReady() throws {
        let book = try book()
        let ready: [NightStep] = [
            .close(cutoff: 1), .fix(window: 1), .calculate(book, revision: 1), .advise(book),
            .collect(book), .commit(book), .finalise(window: 1),
        ]
        let waiting: [NightStep] = [
            .awaitCutoff(1), .awaitObjections(book, until: 1), .awaitPayments(book, deadline: 1),
            .awaitPayouts(book), .awaitRefunds(book), .awaitApproval(entry: 1),
        ]
        #expect(ready.allSatisfy { $0.isReady })
        #expect(!waiting.contains { $0.isReady })
    }
}
