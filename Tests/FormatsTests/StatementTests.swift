import Formats
import Foundation
import Money
import Settlement
import Signing
import Testing

/// Statements of partners as JSON, CSV and page.
@Suite struct StatementTests {
    /// The statement of SKY in the golden example of S-43, with lines of our own.
    static func statement(lines: Int = 3) throws -> PartnerStatement {
        let euro = try #require(Currency("EUR"))
        let agreement = DigestBuilder.digest([1]).base64URL
        var statement = PartnerStatement(
            ledger: DigestBuilder.digest([0]),
            settlement: "night/7/EUR",
            partner: "sky",
            calendar: "daily",
            window: 7,
            firstEntry: 1_000,
            endEntry: 2_000,
            cutOff: try #require(Timestamp("2026-11-22T22:00:00.000Z")),
            model: .multilateral,
            currency: euro,
            attempt: 1,
            sheet: DigestBuilder.digest([2]),
            openingCarry: 100,
            net: 203_922,
            due: 204_022
        )
        statement.debts = try debts(agreement)
        statement.payments = [
            .init(
                payer: "operator/settlement",
                payee: "sky",
                amount: 204_022,
                endToEndID: "GGDHSOM4EII654G3XCQSBWIMHY"
            )
        ]
        bind(&statement, agreement)
        statement.lines = (0..<lines).map { index in
            .init(
                index: 1_000 + UInt64(index),
                item: Int32(index % 3),
                name: "T\(index),\"x\"",
                debt: index % 3,
                debit: 0,
                credit: Int64(index),
                bonus: 1,
                exact: .zero,
                amount: Int128(index) - 1
            )
        }
        return statement
    }

    private static func debts(_ agreement: String) throws -> [PartnerStatement.Debt] {
        let euro = try #require(Currency("EUR"))
        let dollar = try #require(Currency("USD"))
        return [
            .init(
                agreement: agreement,
                debtor: "sky",
                creditor: "htl",
                purpose: .units,
                priceCurrency: dollar,
                units: .init(credit: 1_234_567),
                exact: try #require(Quotient(8_765_425_7, 100)),
                quote: try #require(Quotient(10_000, 11_300)),
                rounding: .halfEven,
                amount: 775_701,
                taxes: [
                    .init(
                        country: "DE",
                        category: "S",
                        ratePermille: 190,
                        basis: "net",
                        invoicer: "htl",
                        document: "H-17",
                        net: 775_701,
                        tax: 147_383
                    )
                ]
            ),
            .init(
                agreement: "",
                debtor: "htl",
                creditor: "sky",
                purpose: .fee,
                priceCurrency: euro,
                exact: Quotient(828_306),
                quote: .one,
                rounding: .halfUp,
                amount: 828_306
            ),
            .init(
                agreement: agreement,
                debtor: "caf",
                creditor: "sky",
                purpose: .adjustment,
                priceCurrency: euro,
                exact: Quotient(-12),
                quote: .one,
                rounding: .halfUp,
                amount: -12
            ),
        ]
    }

    private static func bind(_ statement: inout PartnerStatement, _ agreement: String) {
        statement.trueUps = [
            .init(
                settlement: "night/6/EUR",
                agreement: agreement,
                debtor: "sky",
                creditor: "htl",
                provisionalSheet: DigestBuilder.digest([3]),
                finalSheet: DigestBuilder.digest([4]),
                provisional: 775_701,
                final: 771_808
            )
        ]
        statement.exposures = [.init(participant: "htl", atMost: 0)]
        statement.trails = [.init(agreement: "", window: 7, entries: [1_001, 1_002])]
        statement.proof = .init(
            leaf: "kontor/v1 leaf\n",
            position: 0,
            count: 3,
            path: [DigestBuilder.digest([5]), DigestBuilder.digest([6])],
            root: DigestBuilder.digest([7]),
            entry: 2_001
        )
    }

    @Test func theFrozenFileIsRead() throws {
        let file = try Fixture.bytes("statements/sky.json")
        #expect(try PartnerStatement(parsing: file) == Self.statement())
        #expect(try Self.statement().json == file)
    }

    @Test func jsonIsReadBack() throws {
        var statement = try Self.statement()
        #expect(try PartnerStatement(parsing: statement.json) == statement)
        statement.proof = nil
        statement.debts = []
        statement.lines = []
        statement.settlement = "a\"\\\u{1}\u{1f600}\u{2028}</script>"
        #expect(try PartnerStatement(parsing: statement.json) == statement)
        statement.net = -(Int128(1) << 96) + 1
        #expect(try PartnerStatement(parsing: statement.json) == statement)
        let text = String(decoding: try Self.statement().json, as: UTF8.self)
        #expect(text.hasPrefix("{\"format\":\"kontor-statement/1\",\"ledger\":\""))
        #expect(text.contains("\"exact\":\"87654257/100\",\"quote\":\"100/113\""))
        #expect(text.contains("\"net\":\"203922\",\"due\":\"204022\",\"carried\":\"0\""))
        #expect(
            text.hasSuffix(
                "\"debt\":2,\"debit\":0,\"credit\":2,\"bonus\":1,\"exact\":\"0/1\",\"amount\":\"1\"}]}"
            )
        )
    }

    /// A replacement in a good statement, and its fault.
    static let faults: [(from: String, to: String, code: FormatError.Code)] = [
        ("{", "", .memberValue),
        ("}]}", "}]", .json),
        ("}]}", "}]} x", .json),
        ("kontor-statement/1", "kontor-statement/2", .memberValue),
        ("\"window\":7,", "", .memberMissing),
        ("\"window\":7", "\"window\":7,\"night\":7", .memberUnknown),
        ("\"window\":7", "\"window\":7,\"window\":7", .memberDuplicate),
        ("\"window\":7", "\"window\":-7", .memberValue),
        ("\"window\":7", "\"window\":\"7\"", .memberValue),
        ("\"window\":7", "\"window\":7.0", .json),
        ("\"firstEntry\":1000", "\"firstEntry\":2001", .memberValue),
        ("\"attempt\":1", "\"attempt\":0", .memberValue),
        ("multilateral", "trilateral", .memberValue),
        ("\"currency\":\"EUR\"", "\"currency\":\"eur\"", .memberValue),
        ("22:00:00.000Z", "22:00:00Z", .memberValue),
        ("\"net\":\"203922\"", "\"net\":\"+203922\"", .memberValue),
        ("\"net\":\"203922\"", "\"net\":\"0203922\"", .memberValue),
        ("\"net\":\"203922\"", "\"net\":\"-0\"", .memberValue),
        ("\"net\":\"203922\"", "\"net\":203922", .memberValue),
        ("\"net\":\"203922\"", "\"net\":\"79228162514264337593543950336\"", .memberValue),
        ("\"100/113\"", "\"200/226\"", .memberValue),
        ("\"100/113\"", "\"100/0\"", .memberValue),
        ("\"100/113\"", "\"100/-113\"", .memberValue),
        ("\"100/113\"", "\"100\"", .memberValue),
        ("\"purpose\":\"fee\"", "\"purpose\":\"gift\"", .memberValue),
        ("\"ratePermille\":190", "\"ratePermille\":1001", .memberValue),
        ("\"taxes\":[]", "\"taxes\":{}", .memberValue),
        ("\"path\":[\"", "\"path\":[\"A", .memberValue),
        ("\"count\":3", "\"count\":0", .memberValue),
        ("\"item\":2", "\"item\":2147483648", .memberValue),
        ("\"debt\":2", "\"debt\":3", .memberValue),
        ("\"debt\":2", "\"debt\":-1", .memberValue),
        ("\"debt\":2,", "", .memberValue),
        ("\"debt\":2", "\"debt\":2,\"debt\":2", .memberDuplicate),
        ("\"debt\":2", "\"debt\":2,\"note\":2", .json),
    ]

    @Test("a fault has its code", arguments: faults)
    func fault(_ from: String, _ to: String, _ code: FormatError.Code) throws {
        let text = String(decoding: try Self.statement().json, as: UTF8.self)
        let range = try #require(text.range(of: from), "\(from)")
        let changed = text.replacingCharacters(in: range, with: to)
        Fixture.expect(code, nil, nil, "\(from) -> \(to)") { () throws(FormatError) in
            _ = try PartnerStatement(parsing: Array(changed.utf8))
        }
    }

    @Test func csvRows() throws {
        let text = String(decoding: try Self.statement().csv, as: UTF8.self)
        var rows = text.components(separatedBy: "\r\n")
        #expect(rows.removeLast().isEmpty)
        let agreement = DigestBuilder.digest([1]).base64URL
        let common = "night/7/EUR,7,sky"
        #expect(
            rows == [
                "record,settlement,window,partner,index,item,transfer,agreement,debtor,creditor,"
                    + "purpose,debit,credit,bonus,price_currency,exact,quote,amount,currency,reference",
                "debt,\(common),,,,\(agreement),sky,htl,units,0,1234567,0,USD,87654257/100,100/113,"
                    + "-7757.01,EUR,",
                "tax,\(common),,,,\(agreement),sky,htl,DE S 190/1000 net,,,,USD,,,-1473.83,EUR,H-17",
                "debt,\(common),,,,,htl,sky,fee,0,0,0,EUR,828306/1,1/1,8283.06,EUR,",
                "debt,\(common),,,,\(agreement),caf,sky,adjustment,0,0,0,EUR,-12/1,1/1,-0.12,EUR,",
                "trueUp,\(common),,,,\(agreement),sky,htl,trueUp,,,,,,,38.93,EUR,night/6/EUR",
                "payment,\(common),,,,,operator/settlement,sky,,,,,,,,2040.22,EUR,"
                    + "GGDHSOM4EII654G3XCQSBWIMHY",
                "openingCarry,\(common),,,,,,,,,,,,,,1.00,EUR,",
                "net,\(common),,,,,,,,,,,,,,2039.22,EUR,",
                "due,\(common),,,,,,,,,,,,,,2040.22,EUR,",
                "carried,\(common),,,,,,,,,,,,,,0.00,EUR,",
                "line,\(common),1000,0,\"T0,\"\"x\"\"\",\(agreement),sky,htl,units,0,0,1,USD,0/1,,0.01,"
                    + "EUR,",
                "line,\(common),1001,1,\"T1,\"\"x\"\"\",,htl,sky,fee,0,1,1,EUR,0/1,,0.00,EUR,",
                "line,\(common),1002,2,\"T2,\"\"x\"\"\",\(agreement),caf,sky,adjustment,0,2,1,EUR,0/1,,"
                    + "0.01,EUR,",
            ]
        )
    }

    @Test func linesAreStreamed() throws {
        let whole = try Self.statement(lines: 20_000)
        var head = whole
        head.lines = []
        for (expected, write) in [
            (whole.json, { try head.writeJSON(lines: whole.lines, to: $0) }),
            (whole.csv, { try head.writeCSV(lines: whole.lines, to: $0) }),
        ] as [([UInt8], (([UInt8]) throws -> Void) throws -> Void)] {
            var pieces: [Int] = []
            var text: [UInt8] = []
            try write {
                pieces.append($0.count)
                text += $0
            }
            #expect(text == expected)
            #expect(pieces.count > 10)
            #expect((pieces.max() ?? 0) < FormatLimits.pieceByteCount + 4_096)
        }
        #expect(throws: CancellationError.self) {
            try head.writeJSON(lines: whole.lines) { _ in throw CancellationError() }
        }
    }

    @Test func pageIsWholeAndEscaped() throws {
        var statement = try Self.statement()
        statement.partner = "<script>alert('x')</script>&\""
        statement.debts[0].debtor = statement.partner
        statement.debts[1].taxes = [
            .init(
                country: "<b>",
                category: "<b>",
                ratePermille: 70,
                basis: "<b>",
                invoicer: "<b>",
                document: "<b>",
                net: 1,
                tax: 1
            )
        ]
        statement.debts[1].debtor = "<i>"
        statement.payments[0].payer = "<i>"
        statement.lines[0].name = "<u>"
        statement.proof?.leaf = "</pre><u>"
        let page = String(decoding: statement.page(proofFolder: "a\"b"), as: UTF8.self)
        for mark in [
            "<script", "<b>", "<i>", "<u>", "a\"b", "http://", "https://", "@import", "url(",
        ] {
            #expect(!page.contains(mark), "\(mark)")
        }
        for part in [
            "href=\"./a&quot;b/1000.json\"", "<svg ", "@media print", "lang=\"en\"",
            "kontor audit --statement FILE", "You receive", "2,040.22 EUR", "7.0 %",
        ] { #expect(page.contains(part), "\(part)") }
        // Well-formed but for the parts that HTML leaves open.
        let text = page.replacing("<!DOCTYPE html>", with: "").replacing("<br>", with: "")
            .replacing(/<meta [^>]*>/, with: "")
        var reader = try XMLReader(Array(text.utf8))
        while try reader.next() != nil {}
    }

    @Test func pageShowsDecimalsAsThePartnerSeesThem() throws {
        var statement = try Self.statement()
        let yen = try #require(Currency("JPY"))
        statement.debts[2].priceCurrency = yen
        statement.debts[2].exact = try #require(Quotient(100_001, 8))
        statement.debts[2].quote = try #require(Quotient(3, 5))
        statement.lines[0].exact = try #require(Quotient(1, 3))
        let page = String(decoding: statement.page(), as: UTF8.self)
        for cell in [
            // 1.13 dollars for a euro; owed by the partner.
            "\u{2212}8,765.4257 USD</td><td class=\"n exact\">0.88495575\u{2026}<",
            // No rate where price and settlement are in one currency.
            "8,283.06 EUR</td><td class=\"n exact\"><",
            // A yen has no minor unit, and 0.6 cents for one are 0.006 euro.
            "12,500.125 JPY</td><td class=\"n exact\">0.006<",
            ">\u{2212}0.003333\u{2026}<", "<dd>2026-11-22 22:00:00 UTC</dd>",
        ] { #expect(page.contains(cell), "\(cell)") }
    }

    @Test func pageShowsTheFirstLines() throws {
        let page = String(decoding: try Self.statement(lines: 1_001).page(), as: UTF8.self)
        #expect(page.contains("The first 1,000 of 1,001 lines are shown"))
        #expect(page.contains("receipts/1999.json") && !page.contains("receipts/2000.json"))
        let small = String(decoding: try Self.statement(lines: 1_000).page(), as: UTF8.self)
        #expect(!small.contains("lines are shown"))
    }
}
