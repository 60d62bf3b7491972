import Money
import Settlement
import TestSupport

/// A ledger and a partner's books with faults that were planted, and the breaks that these give.
struct PlantedBooks {
    typealias Entry = BookBuilder.Entry

    /// A break as it is expected: with the places of its rows.
    struct Expected: Hashable, Comparable, CustomStringConvertible {
        let type: BreakType
        let cause: BreakCause
        let ledger: [UInt64]
        let partner: [UInt64]

        var description: String {
            "\(type) \(cause) \(ledger.map(String.init)) \(partner.map(String.init))"
        }

        static func < (left: Self, right: Self) -> Bool {
            left.description < right.description
        }
    }

    static let agreement: AgreementFacts = {
        var facts = AgreementFacts(
            name: "terms",
            debtor: "harbour",
            creditor: "nordwind",
            currency: "EUR"
        )
        facts.rate = Rate(numerator: 1, denominator: 3)
        facts.earlierRates = [Rate(numerator: 2, denominator: 7)].compactMap(\.self)
        facts.price = Rate(numerator: 71, denominator: 100)
        facts.earlierPrices = [Rate(numerator: 64, denominator: 100)].compactMap(\.self)
        facts.pricedProgram = "nordwind/miles"
        facts.feePayer = "harbour"
        facts.feePayee = "nordwind"
        return facts
    }()

    private(set) var ledger: [(entry: Entry, detail: LedgerDetail)] = []
    private(set) var partner: [Entry] = []
    private(set) var expected: [Expected] = []
    private var random: RandomSource
    private var serial: UInt128 = 0
    let faultPercent: Int64

    /// Books of so many transfers.
    init(seed: UInt64, transfers: Int, faultPercent: Int64) {
        random = RandomSource(seed: seed)
        self.faultPercent = faultPercent
        for _ in 0..<transfers { addTransfer() }
    }

    var terms: ReconciliationTerms {
        var terms = ReconciliationTerms(
            agreements: [Self.agreement],
            currency: "EUR",
            cutDay: 100
        )
        terms.daysBefore = 1
        terms.daysAfter = 2
        terms.linkedMembers = ledger.map(\.entry.member) + [RowFaults.otherMember]
        return terms
    }

    /// The reconciliation, both sides in an order that a seed gives.
    func reconciliation(shuffledBy seed: UInt64?) throws -> Reconciliation {
        var left = BookBuilder("ledger")
        var right = BookBuilder("partner.csv", digest: "digest")
        var rows = Array(ledger.indices)
        var lines = Array(partner.indices)
        if let seed {
            var random = RandomSource(seed: seed)
            rows.shuffle(using: &random)
            lines.shuffle(using: &random)
        }
        for row in rows { left.add(ledger[row].entry) }
        for line in lines { right.add(partner[line]) }
        return try Reconciliation.run(
            ledger: left.table,
            details: rows.map { ledger[$0].detail },
            partner: right.table,
            terms: terms,
            asOf: 103
        )
    }
}

// MARK: What is planted

extension PlantedBooks {
    private mutating func addTransfer() {
        serial += 1
        switch random.number(0...99) {
        case ..<6: addSum()
        case ..<12: addReversed()
        case ..<15: addBatch()
        default: addPlain()
        }
        if random.chance(faultPercent / 4) { addStray() }
    }

    /// A posting of the ledger with its details.
    private mutating func posting() -> (entry: Entry, detail: LedgerDetail) {
        var detail = LedgerDetail()
        detail.amount = 3 * random.number(2_000...90_000)
        detail.base = detail.amount / 3
        detail.bonus = random.chance(60) ? random.number(150...900) : 0
        detail.priced = detail.base + detail.bonus
        detail.agreement = 0
        var entry = Entry()
        entry.transfer = serial << 64 | UInt128(random.next())
        entry.units = detail.priced
        entry.money = owed(detail.priced)
        entry.fee = random.number(21...89)
        entry.day = Int32(random.number(92...100))
        entry.status = .posted
        entry.member = serial << 70 | 5
        entry.account = "M-\(serial)"
        entry.reference = "LR\(serial)"
        entry.otherReference = "PR\(serial * 7)"
        entry.place = UInt64(serial) * 256
        return (entry, detail)
    }

    private func owed(_ units: Int64) -> Int64 {
        Int64((Int128(units) * 71).divided(by: 100, rounding: .halfEven))
    }

    /// A posting that the partner has with up to three faults, or has not.
    private mutating func addPlain() {
        let posting = posting()
        ledger.append(posting)
        let place = posting.entry.place
        var faults = RowFaults(posting.entry, posting.detail)
        if random.chance(faultPercent) {
            if random.chance(12) {
                expect(.missingAtPartner, .unknown, [place], [])
                return
            }
            if random.chance(12) {
                addContext(posting)
                return
            }
            for _ in 0..<random.number(1...3) { faults.plant(&random) }
        }
        if !faults.needsName { hideName(&faults.entry, faults.keepsDay) }
        let line = append(faults.entry)
        for fault in faults.planted { expect(fault.type, fault.cause, [place], [line]) }
        if random.chance(faultPercent / 3), faults.planted.count < 3 {
            let again = append(faults.entry)
            expect(.duplicate, .duplicatePosting, [place], [again])
        }
    }

    /// The partner's row names less, so that a later pass has to find it.
    private mutating func hideName(_ entry: inout Entry, _ keepsDay: Bool) {
        switch random.number(0...(keepsDay ? 4 : 1)) {
        case 0: break
        case 1: entry.transfer = 0
        case 2:
            entry.transfer = 0
            entry.reference = ""
            entry.day = entry.day.map { $0 + 2 }
        case 3:
            entry.transfer = 0
            entry.reference = ""
            entry.otherReference = ""
        default:
            entry.transfer = 0
            entry.reference = ""
            entry.otherReference = ""
            entry.member = 0
        }
    }

    /// A posting outside the window of the ledger that the partner has in it.
    private mutating func addContext(_ posting: (entry: Entry, detail: LedgerDetail)) {
        ledger.removeLast()
        var entry = posting.entry
        var type = BreakType.date
        var cause = BreakCause.cutOff
        switch random.number(0...2) {
        case 0:
            entry.window = .earlier
        case 1:
            entry.window = .later
            type = .lateAfterCut
        default:
            entry.window = .later
            entry.status = .pending
            type = .status
            cause = .pending
        }
        ledger.append((entry, posting.detail))
        if random.chance(50) { return }
        var row = posting.entry
        if random.chance(40) { row.transfer = 0 }
        let line = append(row)
        expect(type, cause, [entry.place], [line])
    }

    /// A posting that was reversed, on both sides or on one.
    private mutating func addReversed() {
        let posting = posting()
        var reversal = posting.entry
        reversal.event = .reversal
        reversal.units = -reversal.units
        reversal.place += 1
        let hasFault = random.chance(faultPercent)
        let isLedgerOnly = random.chance(50)
        ledger.append(posting)
        let line = append(posting.entry)
        _ = line
        if !hasFault || isLedgerOnly { ledger.append((reversal, posting.detail)) }
        if !hasFault || !isLedgerOnly {
            let other = append(reversal)
            if hasFault { expect(.reversedOneSide, .reversalMissing, [], [other]) }
        } else {
            expect(.reversedOneSide, .reversalMissing, [reversal.place], [])
        }
    }

    /// Several postings of one member that the partner has as one row.
    private mutating func addSum() {
        let count = random.number(2...5)
        let day = Int32(random.number(92...100))
        let member = serial << 70 | 9
        var sum: Int64 = 0
        var places: [UInt64] = []
        for _ in 0..<count {
            var posting = posting()
            serial += 1
            posting.entry.day = day
            posting.entry.member = member
            posting.entry.account = ""
            sum += posting.entry.units
            places.append(posting.entry.place)
            ledger.append(posting)
        }
        var row = Entry(units: sum, day: day, member: member)
        if random.chance(faultPercent) {
            row.units += 1
            for place in places { expect(.missingAtPartner, .unknown, [place], []) }
            expect(.missingInLedger, .unknown, [], [append(row)])
        } else {
            _ = append(row)
        }
    }

    /// A batch of the partner as one row of the ledger.
    private mutating func addBatch() {
        var posting = posting()
        posting.entry.batch = "B\(serial)"
        ledger.append(posting)
        let part = posting.entry.units / 3
        for units in [part, posting.entry.units - part] {
            _ = append(Entry(units: units, day: posting.entry.day, batch: "B\(serial)"))
        }
    }

    /// A row of the partner that the ledger knows nothing of, or rows that nothing tells apart.
    private mutating func addStray() {
        serial += 1
        let posting = posting()
        var row = posting.entry
        switch random.number(0...3) {
        case 0:
            row.member = 0
            expect(.missingInLedger, .unknown, [], [append(row)])
        case 1:
            row.member = 0
            row.day = 101
            expect(.missingInLedger, .cutOff, [], [append(row)])
        case 2:
            expect(.memberNotLinked, .memberUnknown, [], [append(row)])
        default:
            var twin = posting
            twin.entry.transfer += 1
            twin.entry.place += 1
            twin.entry.reference += "T"
            ledger.append(posting)
            ledger.append(twin)
            row.transfer = 0
            row.reference = ""
            row.otherReference = ""
            let line = append(row)
            expect(.ambiguous, .equalRows, [posting.entry.place, twin.entry.place], [line])
        }
    }

    private mutating func append(_ entry: Entry) -> UInt64 {
        var entry = entry
        entry.place = UInt64(partner.count + 1)
        partner.append(entry)
        return entry.place
    }

    private mutating func expect(
        _ type: BreakType,
        _ cause: BreakCause,
        _ ledger: [UInt64],
        _ partner: [UInt64]
    ) {
        expected.append(Expected(type: type, cause: cause, ledger: ledger, partner: partner))
    }
}
