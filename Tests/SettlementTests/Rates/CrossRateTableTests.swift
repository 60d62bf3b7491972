import Money
import Settlement
import Testing

/// The official table of a night (spec/24 §6).
@Suite struct CrossRateTableTests {
    private func line(
        _ program: String,
        _ pinned: Int64?,
        _ mean: Int64? = nil
    ) throws
        -> ProgramValues
    {
        ProgramValues(
            program: program,
            pinned: try pinned.map { try Rates.value($0) },
            mean: try mean.map { try Rates.value($0) },
            weighted: nil
        )
    }

    @Test func allOrderedPairsThatHaveValues() throws {
        let table = try CrossRateTable(
            [line("a/x", 1_000_000), line("b/y", 3_000_000, 5), line("c/z", nil, 7)],
            yesterday: [line("a/x", 2_000_000), line("b/y", 3_000_000)]
        )
        let pinned = table.rates(by: .pinned)
        #expect(
            pinned.map { "\($0.from) \($0.to) \($0.exact) \($0.text)" } == [
                "a/x b/y 1/3 0.333333", "b/y a/x 3/1 3.000000",
            ]
        )
        #expect(pinned.map(\.yesterdayText) == ["0.666667", "1.500000"])
        let mean = table.rates(by: .mean)
        #expect(
            mean.map { "\($0.from) \($0.to) \($0.exact) \($0.text)" } == [
                "b/y c/z 5/7 0.714286", "c/z b/y 7/5 1.400000",
            ]
        )
        #expect(mean.allSatisfy { $0.yesterday == nil })
        #expect(table.rates(by: .weighted).isEmpty)
    }

    @Test func extremesHaveTexts() throws {
        let table = try CrossRateTable(
            [line("a/x", 1), line("b/y", Rate.limit - 1)],
            yesterday: []
        )
        #expect(table.rates(by: .pinned).map(\.text) == ["0.000000", "2147483646.000000"])
    }

    /// There and back is exactly 1, whatever the values.
    @Test func inverseIsExact() throws {
        var random = Rates(seed: 3)
        for _ in 0..<1_000 {
            let table = CrossRateTable(
                [
                    ProgramValues(
                        program: "a/x",
                        pinned: nil,
                        mean: nil,
                        weighted: try random.value()
                    ),
                    ProgramValues(
                        program: "b/y",
                        pinned: nil,
                        mean: nil,
                        weighted: try random.value()
                    ),
                ],
                yesterday: []
            )
            let rates = table.rates(by: .weighted)
            #expect(rates.count == 2)
            #expect(try rates[0].exact.multiplied(by: rates[1].exact) == .one)
        }
    }
}
