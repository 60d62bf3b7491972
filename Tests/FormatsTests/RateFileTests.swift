import Formats
import Money
import Signing
import Testing

/// Rate files of all three kinds (S-41).
@Suite struct RateFileTests {
    static let faults: [FaultCase] = [
        FaultCase("", .empty, 1),
        FaultCase("\n \r\n", .empty, 1),
        FaultCase("Date,USD\n", .empty, 2),
        FaultCase("Day,USD\n2025-04-25,1\n", .columnMissing, 1, 1),
        FaultCase("Date,\n2025-04-25,\n", .columnMissing, 1),
        FaultCase("Date,USD,usd\n", .columnUnknown, 1, 10),
        FaultCase("Date,USD,,JPY\n", .columnUnknown, 1, 10),
        FaultCase("Date,USD, USD\n", .columnDuplicate, 1, 11),
        FaultCase("Date,USD,JPY\n2025-04-25,1.1\n", .rowShort, 2),
        FaultCase("Date,USD\n2025-04-25,1.1,2\n", .rowLong, 2),
        FaultCase("Date,USD\n2025-04-25,+1.1\n", .number, 2, 12),
        FaultCase("Date,USD\n2025-04-25,-1.1\n", .number, 2, 12),
        FaultCase("Date,USD\n2025-04-25,1e3\n", .number, 2, 12),
        FaultCase("Date,USD\n2025-04-25,1.\n", .number, 2, 12),
        FaultCase("Date,USD\n2025-04-25,.5\n", .number, 2, 12),
        FaultCase("Date,USD\n2025-04-25,1,5\n", .rowLong, 2),
        FaultCase("Date,USD\n2025-04-25,n/a\n", .number, 2, 12),
        FaultCase("Date,USD,JPY\n2025-04-25,,2\n", .number, 2, 12),
        FaultCase("Date,USD\n2025-04-25,0.0000\n", .rateZero, 2, 12),
        FaultCase("Date,USD\n2025-04-25,21474.83648\n", .rateRange, 2, 12),
        FaultCase("Date,USD\n2025-04-25,1.0000000001\n", .rateRange, 2, 12),
        FaultCase("Date,USD\n2025-02-29,1.1\n", .date, 2, 1),
        FaultCase("Date,USD\n25.04.2025,1.1\n", .date, 2, 1),
        FaultCase("Date,USD\n25 Apr 2025,1.1\n", .date, 2, 1),
        FaultCase("Date,USD\n2025-04-25,1.1\n2025-04-25,1.1\n", .dateOrder, 3, 1),
        FaultCase("Date,USD\n2025-04-25,1.1\n2025-04-28,1.1\n", .dateOrder, 3, 1),
        FaultCase("Date,USD\n2025-04-25,1\u{fc}\n", .encoding, 2, 13),
        FaultCase("Date,USD\n2025-04-25,\u{0}1\n", .encoding, 2, 12),
        FaultCase("<Cube/>", .empty),
        FaultCase("<Cube time='x'/>", .date, 1, 1),
        FaultCase("<C><Cube time='2025-04-25'><Cube rate='1'/></Cube></C>", .columnMissing, 1, 28),
        FaultCase("<Cube time='2025-04-25'><Cube currency='US' rate='1'/></Cube>", .columnUnknown),
        FaultCase("<Cube time='2025-04-25'><Cube currency='USD' rate='0'/></Cube>", .rateZero),
        FaultCase("<Cube time='2025-04-25'><Cube currency='USD' rate='1,1'/></Cube>", .number),
        FaultCase(
            "<C><Cube time='2025-04-25'/>\n<Cube time='2025-04-26'/></C>",
            .dateOrder,
            2,
            1
        ),
        FaultCase(
            "<Cube time='2025-04-25'><Cube currency='USD' rate='1'/><Cube currency='USD' rate='1'/>"
                + "</Cube>",
            .columnDuplicate
        ),
    ]

    @Test("a fault has its code and place", arguments: faults)
    func fault(_ item: FaultCase) {
        Fixture.expect(item.code, item.line, item.column, item.text) { () throws(FormatError) in
            _ = try RateFile(parsing: Array(item.text.utf8))
        }
    }

    @Test func history() throws {
        let bytes = try Fixture.bytes("rates/eurofxref-hist.csv")
        let file = try RateFile(parsing: bytes)
        #expect(file.source == .csv)
        #expect(file.sha256 == DigestBuilder.digest(bytes))
        #expect(
            file.currencies.map(\.code) == ["BGN", "CHF", "IDR", "ILS", "JPY", "RUB", "USD", "ZAR"]
        )
        #expect(file.days.count == 5)
        let day = try #require(file.day(on: try date("2025-04-25")))
        #expect(day.rate(of: try currency("USD")) == Rate(numerator: 11_357, denominator: 10_000))
        #expect(day.rate(of: try currency("CHF")) == Rate(numerator: 9_421, denominator: 10_000))
        #expect(day.rate(of: try currency("IDR")) == Rate(numerator: 1_909_210, denominator: 100))
        #expect(day.rate(of: try currency("RUB")) == nil)
        let wanted = try ["USD", "RUB", "EUR", "GBP"].map(currency)
        #expect(day.missing(wanted).map(\.code) == ["RUB", "GBP"])
        Fixture.expect(.columnMissing, 1, nil, "GBP") { () throws(FormatError) in
            try file.require(wanted)
        }
        try file.require(Array(wanted.prefix(3)))
    }

    @Test func daysAround() throws {
        let file = try RateFile(parsing: Fixture.bytes("rates/eurofxref-hist.csv"))
        let table: [(String, String?, String?)] = [
            ("2025-04-25", "2025-04-25", "2025-04-25"), ("2025-04-26", "2025-04-25", "2025-04-28"),
            ("2025-05-01", "2025-04-28", nil), ("2010-12-30", nil, "2010-12-31"),
            ("2025-04-28", "2025-04-28", "2025-04-28"),
        ]
        for (day, before, after) in table {
            let day = try date(day)
            #expect(file.latest(onOrBefore: day)?.date.description == before)
            #expect(file.earliest(onOrAfter: day)?.date.description == after)
            #expect((file.day(on: day) != nil) == (before == day.description))
        }
    }

    @Test func allKindsAgree() throws {
        let csv = try RateFile(parsing: Fixture.bytes("rates/eurofxref-hist.csv"))
        let zip = try RateFile(parsing: Fixture.zip())
        #expect(zip.source == .zippedCSV && zip.days == csv.days)
        #expect(zip.sha256 != csv.sha256)
        let xml = try RateFile(parsing: Fixture.bytes("rates/eurofxref-hist.xml"))
        #expect(xml.source == .xml && xml.days.count == 2)
        let daily = try RateFile(parsing: Fixture.bytes("rates/eurofxref.csv"))
        #expect(daily.days.map(\.date.description) == ["2025-04-25"])
        for code in ["USD", "JPY", "CHF"] {
            let currency = try currency(code)
            let rates = [csv.days[1], xml.days[1], daily.days[0]].map { $0.rate(of: currency) }
            #expect(Set(rates).count == 1 && rates[0] != nil, "\(code)")
        }
    }

    @Test func spellingsThatMeanTheSame() throws {
        let plain = try RateFile(parsing: Array("Date,USD,JPY\n2025-04-25,1.1357,2\n".utf8)).days
        for text in [
            "Date,USD,JPY,\n2025-04-25,1.1357,2,\n", "Date,USD,JPY\r\n2025-04-25,1.1357,2\r\n",
            " Date ,\tUSD, JPY \n\n25 April 2025 , 1.1357,2", "Date,JPY,USD\n2025-04-25,2,1.1357",
            "\u{feff}Date,USD,JPY,RUB\n2025-04-25,1.1357,2,N/A\n",
        ] {
            #expect(try RateFile(parsing: Array(text.utf8)).days == plain, "\(text)")
        }
        let other = try RateFile(parsing: Array("Date,USD,JPY\n2025-04-25,2,1.1357\n".utf8)).days
        #expect(other != plain)
    }

    private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
    private func currency(_ code: String) throws -> Currency { try #require(Currency(code)) }
}
