import Money
import Settlement
import Testing

/// What is a break of which type and cause, in tables; every type and cause occurs here or in
/// `BankCheckTests`, or a test fails.
@Suite struct BreakTableTests {
    typealias Entry = BookBuilder.Entry

    /// Rows of both sides, and the breaks they give: `type cause`.
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let ledger: [Entry]
        var partner: [Entry] = []
        var detail = LedgerDetail()
        var faults: [BookFault] = []
        let breaks: [String]

        var testDescription: String { name }
    }

    /// What a row of the table starts from: 1,500 base units and 200 of bonus, at 0.71 cents each.
    static let posting = Entry(
        transfer: 7,
        units: 1_700,
        money: 1_207,
        fee: 48,
        day: 98,
        status: .posted,
        member: 5,
        reference: "L-1",
        otherReference: "P-1"
    )

    static let detail: LedgerDetail = {
        var detail = LedgerDetail()
        detail.amount = 4_500
        detail.base = 1_500
        detail.bonus = 200
        detail.priced = 1_700
        detail.agreement = 0
        return detail
    }()

    private static func row(_ change: (inout Entry) -> Void) -> Entry {
        var entry = posting
        change(&entry)
        return entry
    }

    /// The partner's row differs in something from the ledger's.
    private static func pair(
        _ name: String,
        _ breaks: String...,
        change: (inout Entry) -> Void
    ) -> Case {
        Case(name: name, ledger: [posting], partner: [row(change)], detail: detail, breaks: breaks)
    }

    static let figures: [Case] = [
        pair("equal rows") { _ in },
        pair("units less the bonus", "amount bonusMissing") { $0.units = 1_500 },
        pair("the bonus twice", "amount bonusTwice") { $0.units = 1_900 },
        pair("units at 2/7 instead of 1/3", "rate oldRate") { $0.units = 1_285 },
        pair("units at 2/7, with bonus", "rate oldRate") { $0.units = 1_485 },
        pair("one unit less", "amount rounding") { $0.units = 1_699 },
        pair("units turned round", "amount sign") { $0.units = -1_700 },
        pair("a hundred times the units", "amount scale") { $0.units = 170_000 },
        pair("a tenth of the units", "amount scale") { $0.units = 170 },
        pair("1,700 written as 7,100", "amount transposedDigits") { $0.units = 7_100 },
        pair("units less the figure of the fee", "amount feeInUnits") { $0.units = 1_652 },
        pair("other units", "amount unknown") { $0.units = 1_234 },
        pair("units less the bonus, and money for these units", "amount bonusMissing") {
            $0.units = 1_500
            $0.money = 1_065
        },
        pair("money at 0.64 instead of 0.71", "rate oldRate") { $0.money = 1_088 },
        pair("money less the fee", "amount feeNetted") { $0.money = 1_159 },
        pair("one cent more", "amount rounding") { $0.money = 1_208 },
        pair("other money", "amount unknown") { $0.money = 2_000 },
        pair("no fee", "fee feeOmitted") { $0.fee = 0 },
        pair("the fee twice", "fee feeDoubled") { $0.fee = 96 },
        pair("another fee", "fee unknown") { $0.fee = 55 },
        pair("money not stated") { $0.money = nil },
        pair("money of no currency is compared with none") {
            $0.currency = nil
            $0.money = 9
        },
        pair("another program", "unit otherProgram") { $0.unit = "nordwind/points" },
        pair("another currency", "unit otherCurrency") { $0.currency = "CHF" },
        pair(
            "three faults on one row",
            "amount sign",
            "fee feeOmitted",
            "memberNotLinked otherMember"
        ) {
            $0.units = -1_700
            $0.fee = 0
            $0.member = 6
        },
    ]

    static let timesAndStates: [Case] = [
        pair("two days later is allowed") { $0.day = 100 },
        pair("three days later", "date unknown") {
            $0.day = 96
        },
        pair("after the cut", "date cutOff") { $0.day = 101 },
        pair("pending at the partner", "status pending") { $0.status = .pending },
        pair("called off at the partner", "status voided") { $0.status = .void },
        pair("another member", "memberNotLinked otherMember") { $0.member = 6 },
        pair("a member that nobody knows", "memberNotLinked memberUnknown") { $0.member = 99 },
        Case(
            name: "of the window before",
            ledger: [row { $0.window = .earlier }],
            partner: [posting],
            breaks: ["date cutOff"]
        ),
        Case(
            name: "after the cut in the ledger",
            ledger: [row { $0.window = .later }],
            partner: [posting],
            breaks: ["lateAfterCut cutOff"]
        ),
        Case(
            name: "a hold that the partner calls done",
            ledger: [
                row {
                    $0.window = .later
                    $0.status = .pending
                }
            ],
            partner: [posting],
            breaks: ["status pending"]
        ),
        Case(
            name: "a hold on both sides",
            ledger: [
                row {
                    $0.window = .later
                    $0.status = .pending
                }
            ],
            partner: [row { $0.status = .pending }],
            breaks: []
        ),
        Case(name: "context is never missed", ledger: [row { $0.window = .later }], breaks: []),
    ]

    static let rows: [Case] = [
        Case(name: "only in the ledger", ledger: [posting], breaks: ["missingAtPartner unknown"]),
        Case(
            name: "the partner's books end before",
            ledger: [posting],
            partner: [
                Entry(transfer: 9, units: 1, day: 97, member: 5)
            ],
            breaks: ["missingAtPartner cutOff", "missingInLedger unknown"]
        ),
        Case(
            name: "only at the partner",
            ledger: [],
            partner: [posting],
            breaks: ["missingInLedger unknown"]
        ),
        Case(
            name: "only at the partner, after the cut",
            ledger: [],
            partner: [row { $0.day = 101 }],
            breaks: ["missingInLedger cutOff"]
        ),
        Case(
            name: "only at the partner, called off",
            ledger: [],
            partner: [row { $0.status = .void }],
            breaks: []
        ),
        Case(
            name: "a member that is not linked",
            ledger: [],
            partner: [row { $0.member = 99 }],
            breaks: ["memberNotLinked memberUnknown"]
        ),
        Case(
            name: "booked again",
            ledger: [posting],
            partner: [posting, posting],
            breaks: ["duplicate duplicatePosting"]
        ),
        Case(
            name: "booked again with other units",
            ledger: [posting],
            partner: [row { $0.units = 900 }, posting],
            breaks: ["duplicate duplicatePosting"]
        ),
        Case(
            name: "booked twice, both times wrong in as much",
            ledger: [posting],
            partner: [row { $0.units = 900 }, row { $0.units = 901 }],
            breaks: ["ambiguous equalRows"]
        ),
        Case(
            name: "reversed in the ledger alone",
            ledger: [posting, row(reverse)],
            partner: [posting],
            breaks: ["reversedOneSide reversalMissing"]
        ),
        Case(
            name: "reversed at the partner alone",
            ledger: [posting],
            partner: [posting, row(reverse)],
            breaks: ["reversedOneSide reversalMissing"]
        ),
        Case(
            name: "posting and reversal both missing",
            ledger: [posting, row(reverse)],
            breaks: ["missingAtPartner unknown", "missingAtPartner unknown"]
        ),
        Case(
            name: "the partner calls a reversal a posting",
            ledger: [posting, row(reverse)],
            partner: [posting, row { $0.units = -1_700 }],
            breaks: []
        ),
        Case(
            name: "two transfers of a member, one row without name",
            ledger: [posting, row { $0.transfer = 8 }],
            partner: [
                row {
                    $0.transfer = 0
                    $0.reference = ""
                    $0.otherReference = ""
                }
            ],
            breaks: ["ambiguous equalRows"]
        ),
    ]

    private static func reverse(_ entry: inout Entry) {
        entry.event = .reversal
        entry.units = -entry.units
    }

    private static let faults: [(BookFault.Code, String)] = [
        (.unparsable, "unparsable unreadable"),
        (.balanceRoll, "balanceRoll controlTotal"),
        (.controlTotal, "balanceRoll controlTotal"),
        (.balanceGap, "balanceRoll statementMissing"),
        (.sequenceGap, "balanceRoll statementMissing"),
        (.duplicateFile, "duplicate fileTwice"),
        (.duplicateStatement, "duplicate fileTwice"),
        (.overlap, "duplicate fileTwice"),
    ]

    static let files: [Case] = faults.map { code, text in
        Case(
            name: code.rawValue,
            ledger: [],
            faults: [BookFault(code, file: 0, line: 3, "a reason")],
            breaks: [text]
        )
    }

    /// All tables.
    static let cases: [Case] = figures + timesAndStates + rows + files

    @Test(arguments: cases)
    func gives(_ item: Case) throws {
        #expect(try Self.breaks(of: item) == item.breaks.sorted())
    }

    /// The breaks of rows, as `type cause`, sorted.
    static func breaks(of item: Case) throws -> [String] {
        var ledger = BookBuilder("ledger")
        var partner = BookBuilder("partner.csv", digest: "digest")
        for entry in item.ledger { ledger.add(entry) }
        for entry in item.partner { partner.add(entry) }
        var books = partner.table
        books.faults = item.faults
        var terms = ReconciliationTerms(
            agreements: [PlantedBooks.agreement],
            currency: "EUR",
            cutDay: 100
        )
        terms.daysBefore = 1
        terms.daysAfter = 2
        terms.linkedMembers = [5, 6]
        return try Reconciliation.run(
            ledger: ledger.table,
            details: Array(repeating: item.detail, count: item.ledger.count),
            partner: books,
            terms: terms,
            asOf: 101
        )
        .breaks.map { "\($0.type.rawValue) \($0.cause.rawValue)" }.sorted()
    }

    @Test func everyTypeAndCauseOccurs() {
        var breaks: [String] = BankCheckTests.cases.flatMap(\.breaks)
        for item in Self.cases { breaks.append(contentsOf: item.breaks) }
        var words: Set<String> = []
        for item in breaks {
            for word in item.split(separator: " ") { words.insert(String(word)) }
        }
        for type in BreakType.allCases { #expect(words.contains(type.rawValue), "\(type)") }
        for cause in BreakCause.allCases { #expect(words.contains(cause.rawValue), "\(cause)") }
    }
}
