import Formats
import Foundation
import Money
import Signing
import Testing

/// Payment files: what is written, refused, and found by the check (R-05, S-25).
@Suite struct PaymentTests {
    static func instruction() throws -> PaymentInstruction {
        let debtor = PaymentInstruction.Party(
            name: "Kontor Settlement",
            iban: try #require(IBAN("DE89370400440532013000")),
            bic: BIC("KONTDEFF")
        )
        let payee = PaymentInstruction.Party(
            name: "Nordwind (Miles) GmbH + Co",
            iban: try #require(IBAN("FR1420041010050500013M02606"))
        )
        let euro = try #require(Currency("EUR"))
        let yen = try #require(Currency("JPY"))
        return PaymentInstruction(
            messageID: "night-7",
            createdAt: try #require(Timestamp("2026-11-22T22:15:00.123Z")),
            initiatingParty: "Kontor",
            debtor: debtor,
            requestedDate: try #require(CivilDate("2026-11-23")),
            payments: [
                .init(
                    endToEndID: "YEN",
                    amount: 1_500,
                    currency: yen,
                    creditor: payee,
                    remittance: "night 7"
                ),
                .init(
                    endToEndID: EndToEndID(
                        settlement: "night/7",
                        participant: "nordwind",
                        currency: euro,
                        attempt: 1
                    ).text,
                    amount: 1_092_332,
                    currency: euro,
                    creditor: .init(name: "Hotel", iban: debtor.iban, bic: BIC("KONTNL2AXXX")),
                    remittance: "Settlement night/7"
                ),
                .init(
                    endToEndID: "E-2",
                    amount: 1,
                    currency: euro,
                    creditor: payee,
                    remittance: "1 cent"
                ),
            ]
        )
    }

    @Test(arguments: PaymentInstruction.Version.allCases)
    func filesFitTheirList(_ version: PaymentInstruction.Version) throws {
        let instruction = try Self.instruction()
        let file = try instruction.file(version)
        let check = try PaymentFileCheck(parsing: file)
        #expect(check.version == version && check.messageID == "night-7")
        #expect(check.payments.map(\.amount) == [1_092_332, 1, 1_500])
        #expect(check.payments.map(\.currency.code) == ["EUR", "EUR", "JPY"])
        let text = String(decoding: file, as: UTF8.self)
        let isNewer = version == .pain09
        for part in [
            "<CtrlSum>12423.33</CtrlSum>", "<CtrlSum>10923.33</CtrlSum>", "<CtrlSum>1500</CtrlSum>",
            "<InstdAmt Ccy=\"EUR\">10923.32</InstdAmt>", "<InstdAmt Ccy=\"JPY\">1500</InstdAmt>",
            "<PmtInfId>night-7-EUR</PmtInfId>", "<CreDtTm>2026-11-22T22:15:00Z</CreDtTm>",
            "<EndToEndId>GGDHSOM4EII654G3XCQSBWIMHY</EndToEndId>", "<ChrgBr>SHAR</ChrgBr>",
            isNewer ? "<BICFI>KONTDEFF</BICFI>" : "<BIC>KONTDEFF</BIC>",
            isNewer ? "<Dt>2026-11-23</Dt>" : "<ReqdExctnDt>2026-11-23</ReqdExctnDt>",
        ] { #expect(text.contains(part), "\(part)") }
        #expect(text.components(separatedBy: "<Cd>SEPA</Cd>").count == 2)
        var plain = instruction
        plain.debtor.bic = nil
        plain.payments.removeFirst()
        let other = String(decoding: try plain.file(version), as: UTF8.self)
        #expect(other.contains("NOTPROVIDED") && other.contains("<PmtInfId>night-7</PmtInfId>"))
        #expect(try PaymentFileCheck(parsing: Array(other.utf8)).payments.count == 2)
    }

    @Test(arguments: [
        (PaymentInstruction.Version.pain09, "### 3.1 pain.001.001.09"),
        (.pain03, "### 3.2 pain.001.001.03"),
    ])
    func listIsTheOneOfTheSpec(_ version: PaymentInstruction.Version, _ heading: String) throws {
        let file = Fixture.top.appending(path: "spec/22-payment-files.md")
        let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
        let start = try #require(lines.firstIndex(of: heading))
        let rows = lines[(start + 1)...].prefix { !$0.hasPrefix("#") }
            .filter { $0.hasPrefix("| `Document") }
        #expect(rows.count > 40)
        let cells = rows.map { row in
            row.split(separator: "|").map {
                $0.filter { $0 != "`" }.trimmingCharacters(in: .whitespaces)
            }
        }
        let list = PaymentElement.list(version)
        #expect(list.map { $0.path.joined(separator: "/") } == cells.map { $0[0] })
        #expect(
            list.map { "\($0.least)..\($0.most.map(String.init) ?? "n")" } == cells.map { $0[1] }
        )
        #expect(list.map { Self.words($0.content) } == cells.map { $0[2] })
    }

    /// A content in the words of the spec.
    private static func words(_ content: PaymentElement.Content) -> String {
        switch content {
        case .group: "group"
        case .choice: "choice"
        case .identifier(let limit): "identifier \(limit)"
        case .text(let limit): "text \(limit)"
        case .code(let codes): "code " + codes.joined(separator: " ")
        case .count: "count"
        case .sum: "sum"
        case .amount: "amount"
        case .date: "date"
        case .moment: "moment"
        case .iban: "iban"
        case .bic: "bic"
        }
    }

    /// A replacement in a good file, and the fault that the check finds.
    static let damages: [(from: String, to: String, code: FormatError.Code)] = [
        ("pain.001.001.09", "pain.001.001.10", .elementUnexpected),
        ("<MsgId>night-7</MsgId>", "", .elementMissing),
        ("<MsgId>night-7</MsgId>", "<MsgId>a</MsgId><MsgId>b</MsgId>", .elementUnexpected),
        ("<MsgId>night-7</MsgId>", "<MsgId/>", .elementValue),
        ("night-7</MsgId>", "/night</MsgId>", .elementValue),
        ("night-7</MsgId>", "n\u{e4}cht</MsgId>", .elementValue),
        ("<PmtMtd>TRF</PmtMtd>", "<PmtMtd>CHK</PmtMtd>", .elementValue),
        ("<NbOfTxs>3<", "<NbOfTxs>2<", .sum),
        ("<NbOfTxs>2<", "<NbOfTxs>3<", .sum),
        ("<NbOfTxs>3<", "<NbOfTxs>3.0<", .elementValue),
        ("<CtrlSum>10923.33<", "<CtrlSum>10923.34<", .sum),
        ("<CtrlSum>12423.33<", "<CtrlSum>12423.3<", .sum),
        ("<CtrlSum>12423.33<", "<CtrlSum>-1<", .elementValue),
        (">10923.32<", ">10923.320<", .elementValue),
        (">10923.32<", ">0.00<", .elementValue),
        ("Ccy=\"JPY\"", "Ccy=\"yen\"", .elementValue),
        ("<Dt>2026-11-23</Dt>", "<Dt>2026-11-31</Dt>", .elementValue),
        ("<Dt>2026-11-23</Dt>", "2026-11-23", .elementValue),
        ("22:15:00Z", "22:15:00.123Z", .elementValue),
        ("DE89370400440532013000", "DE89370400440532013001", .elementValue),
        ("KONTDEFF", "KONTDE", .elementValue),
        ("<Cd>SEPA</Cd>", "<Cd>URGP</Cd>", .elementValue),
        ("<EndToEndId>E-2<", "<EndToEndId>GGDHSOM4EII654G3XCQSBWIMHY<", .identifier),
        ("<Ustrd>1 cent</Ustrd>", "<Strd/>", .elementMissing),
        ("<Ustrd>1 cent</Ustrd>", "<Ustrd>1<b/></Ustrd>", .elementUnexpected),
        ("<RmtInf>", "<RmtInf x=\"1\">", .elementUnexpected),
        ("<Nm>Kontor</Nm>", "<Nm>Kontor</Nm><Ctry>DE</Ctry>", .elementUnexpected),
        ("<PmtTpInf>", "<!-- -->x<PmtTpInf>", .elementValue),
    ]

    @Test("the check finds", arguments: damages)
    func damaged(_ from: String, _ to: String, _ code: FormatError.Code) throws {
        let text = String(decoding: try Self.instruction().file(.pain09), as: UTF8.self)
        let range = try #require(text.range(of: from), "\(from)")
        let file = text.replacingCharacters(in: range, with: to)
        Fixture.expect(code, nil, nil, "\(from) -> \(to)") { () throws(FormatError) in
            _ = try PaymentFileCheck(parsing: Array(file.utf8))
        }
    }

    /// A change of a good instruction, and its fault.
    struct Change: Sendable, CustomStringConvertible {
        var description: String
        var code: FormatError.Code
        var number: Int
        var column: Int?
        var apply: @Sendable (inout PaymentInstruction) -> Void

        init(
            _ description: String,
            _ code: FormatError.Code,
            _ number: Int,
            _ column: Int? = nil,
            apply: @escaping @Sendable (inout PaymentInstruction) -> Void
        ) {
            self.description = description
            self.code = code
            self.number = number
            self.column = column
            self.apply = apply
        }
    }

    static let changes: [Change] = [
        Change("no payment", .paymentCount, 0) { $0.payments = [] },
        Change("long id", .identifier, 0) { $0.messageID = String(repeating: "a", count: 32) },
        Change("empty id", .identifier, 1) { $0.payments[0].endToEndID = "" },
        Change("slashes", .identifier, 2) { $0.payments[1].endToEndID = "a//b" },
        Change("long", .identifier, 3, 36) {
            $0.payments[2].endToEndID = String(repeating: "a", count: 36)
        },
        Change("twice", .identifier, 3) { $0.payments[2].endToEndID = "YEN" },
        Change("umlaut", .characters, 2, 2) { $0.payments[1].creditor.name = "M\u{fc}ller" },
        Change("ampersand", .characters, 1, 3) { $0.payments[0].remittance = "a & b" },
        Change("empty name", .characters, 0) { $0.debtor.name = "" },
        Change("space first", .characters, 0, 1) { $0.initiatingParty = " Kontor" },
        Change("long name", .characters, 3, 141) {
            $0.payments[2].creditor.name = String(repeating: "a", count: 141)
        },
        Change("zero", .amount, 1) { $0.payments[0].amount = 0 },
        Change("negative", .amount, 1) { $0.payments[0].amount = -1 },
        Change("19 digits", .amount, 1) { $0.payments[0].amount = 1_000_000_000_000_000_000 },
        Change("no date", .date, 0) { $0.requestedDate = CivilDate(days: 99_999_999) },
    ]

    @Test("an instruction is refused", arguments: changes)
    func refused(_ change: Change) throws {
        var instruction = try Self.instruction()
        change.apply(&instruction)
        let changed = instruction
        Fixture.expect(change.code, change.number, change.column, change.description) {
            () throws(FormatError) in _ = try changed.file(.pain03)
        }
    }

    @Test func accountsAndBanks() {
        let table: [(String, Bool)] = [
            ("DE89370400440532013000", true), ("FR1420041010050500013M02606", true),
            ("NL50KONT0123456789", true), ("AT611904300234573201", true),
            ("DE88370400440532013000", false), ("DE8937040044053201300", false),
            ("de89370400440532013000", false), ("DE89 3704 0044 0532 0130 00", false),
            ("D189370400440532013000", false), ("", false), ("DE89", false),
            ("DE89370400440532013000123456789012345", false),
        ]
        for (text, isValid) in table { #expect((IBAN(text) != nil) == isValid, "\(text)") }
        let banks: [(String, Bool)] = [
            ("KONTDEFF", true), ("KONTDEFFXXX", true), ("KONTDE2A123", true), ("KONTDEFFXX", false),
            ("KON1DEFF", false), ("kontdeff", false), ("", false),
        ]
        for (text, isValid) in banks { #expect((BIC(text) != nil) == isValid, "\(text)") }
    }

    @Test func identifiersTellPaymentsApart() throws {
        let euro = try #require(Currency("EUR"))
        let yen = try #require(Currency("JPY"))
        let ids = [
            ("a", "b", euro, 1), ("a", "b", euro, 2), ("a", "b", yen, 1), ("ab", "", euro, 1),
        ]
        .map { EndToEndID(settlement: $0.0, participant: $0.1, currency: $0.2, attempt: $0.3).text }
        #expect(Set(ids).count == ids.count)
        for id in ids { #expect(id.utf8.count == 26) }
    }
}
