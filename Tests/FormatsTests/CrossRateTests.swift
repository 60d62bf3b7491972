import Formats
import Money
import Signing
import Testing

/// The cross-rate table (S-47).
@Suite struct CrossRateTests {
    @Test func sixDigits() throws {
        let table: [(Int128, Int128, String?)] = [
            (71, 98, "0.724490"), (1, 1, "1.00000"), (1, 3, "0.333333"), (2, 3, "0.666667"),
            (12_345_678, 1, "12345700"), (123_456, 1, "123456"), (1_234_565, 10, "123456"),
            (1_234_575, 10, "123458"), (9_999_997, 10, "1000000"),
            (9_999_997, 10_000_000, "1.00000"),
            (1, 1_000_000, "0.00000100000"), (999_999_500, 1, "1000000000"),
            (1, 1_000_000_000_000_000, "0.00000000000000100000"),
            (1_000_000_000_000_000, 1, "1000000000000000"),
            (1, 10_000_000_000_000_000, nil), (10_000_000_000_000_000, 1, nil),
        ]
        for (above, below, text) in table {
            let rate = try #require(Quotient(above, below))
            #expect(CrossRateTable.sixDigits(rate) == text, "\(rate)")
        }
        #expect(CrossRateTable.sixDigits(.zero) == nil)
    }

    @Test func tableOfANight() throws {
        let table = CrossRateTable(
            ledger: .zero,
            fixing: .zero,
            window: 7,
            date: try #require(CivilDate("2026-11-22")),
            currency: try #require(Currency("EUR")),
            values: [
                .init(
                    program: "sky/miles",
                    value: try #require(Quotient(98, 100)),
                    yesterday: .one,
                    rule: "volume",
                    sources: [
                        .init(name: "entry 17", weight: try #require(Quotient(1, 2))),
                        .init(name: "entry 20", weight: try #require(Quotient(1, 2))),
                    ]
                ),
                .init(
                    program: "htl/points",
                    value: try #require(Quotient(71, 100)),
                    rule: "pinned",
                    sources: [.init(name: "entry 3", weight: .one)]
                ),
            ]
        )
        let zero = Digest.zero.base64URL
        #expect(
            String(decoding: table.json, as: UTF8.self)
                == "{\"format\":\"kontor-cross-rates/1\",\"ledger\":\"\(zero)\",\"fixing\":\"\(zero)\",\"window\":7,"
                + "\"date\":\"2026-11-22\",\"currency\":\"EUR\",\"values\":["
                + "{\"program\":\"htl/points\",\"value\":\"71/100\",\"yesterday\":null,"
                + "\"rule\":\"pinned\",\"sources\":[{\"name\":\"entry 3\",\"weight\":\"1/1\"}]},"
                + "{\"program\":\"sky/miles\",\"value\":\"49/50\",\"yesterday\":\"1/1\","
                + "\"rule\":\"volume\",\"sources\":[{\"name\":\"entry 17\",\"weight\":\"1/2\"},"
                + "{\"name\":\"entry 20\",\"weight\":\"1/2\"}]}],\"pairs\":["
                + "{\"base\":\"htl/points\",\"quoted\":\"sky/miles\",\"exact\":\"71/98\","
                + "\"rate\":\"0.724490\",\"yesterday\":null},"
                + "{\"base\":\"sky/miles\",\"quoted\":\"htl/points\",\"exact\":\"98/71\","
                + "\"rate\":\"1.38028\",\"yesterday\":null}]}"
        )
        #expect(
            String(decoding: table.csv, as: UTF8.self)
                == "date,window,base,quoted,rate,exact,yesterday,yesterday_exact,base_rule,"
                + "base_sources,quoted_rule,quoted_sources\r\n"
                + "2026-11-22,7,htl/points,sky/miles,0.724490,71/98,,,pinned,entry 3 (1/1),volume,"
                + "entry 17 (1/2); entry 20 (1/2)\r\n"
                + "2026-11-22,7,sky/miles,htl/points,1.38028,98/71,,,volume,"
                + "entry 17 (1/2); entry 20 (1/2),pinned,entry 3 (1/1)\r\n"
        )
    }

    @Test func yesterdayIsARatioToo() throws {
        let values = [("b/b", 2), ("a/a", 1)].map { name, value in
            CrossRateTable.Value(
                program: name,
                value: Quotient(value),
                yesterday: Quotient(3 * value),
                rule: "r",
                sources: []
            )
        }
        let table = CrossRateTable(
            ledger: .zero,
            fixing: .zero,
            window: 1,
            date: CivilDate(days: 0),
            currency: try #require(Currency("EUR")),
            values: values
        )
        #expect(table.values.map(\.program) == ["a/a", "b/b"])
        let pair = try #require(table.pair(table.values[0], table.values[1]))
        #expect(pair.rate == Quotient(1, 2) && pair.yesterday == Quotient(1, 2))
        var zero = table.values[0]
        zero.value = .zero
        #expect(table.pair(zero, table.values[1]) == nil)
    }
}
