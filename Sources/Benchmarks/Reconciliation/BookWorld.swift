internal import Settlement

/// Books for reconciliation: a ledger and a partner that agree, as alike or unlike as a case wants.
enum BookWorld: String, CaseIterable {
    /// Every row names its transfer, and the partner has them in another order.
    case names
    /// The partner names no transfer; one reference agrees.
    case references
    /// No name and no reference, and all amounts are equal; members differ.
    case equalAmounts
    /// No name and no reference, and all rows are of one member and one day.
    case oneMember
    /// Nothing tells any two rows of the partner apart.
    case equalRows
    /// Every row names the same transfer.
    case oneName
    /// Names agree on neither side: everything is missed.
    case strangers

    var title: String {
        switch self {
        case .names: "names agree"
        case .references: "no names, references agree"
        case .equalAmounts: "no names, all amounts equal"
        case .oneMember: "no names, one member, one day"
        case .equalRows: "nothing tells rows apart"
        case .oneName: "one name for all"
        case .strangers: "no name agrees"
        }
    }

    /// The rows of one side.
    func table(_ count: Int, isLedger: Bool) throws -> BookTable {
        var table = BookTable()
        table.files = [
            BookFile(
                name: isLedger ? "ledger" : "partner.csv",
                digest: isLedger ? "" : "digest",
                rowCount: count
            )
        ]
        guard let unit = table.number(of: "nordwind/miles"), let euro = table.number(of: "EUR")
        else { throw BenchmarkError("a new book has no room for a name") }
        var rows = try (0..<count).map { number in
            try row(number, isLedger, unit, euro, &table)
        }
        if !isLedger { Self.shuffle(&rows) }
        table.rows = rows
        return table
    }

    private func row(
        _ number: Int,
        _ isLedger: Bool,
        _ unit: UInt16,
        _ currency: UInt16,
        _ table: inout BookTable
    ) throws -> BookRow {
        var source = SplitMix(seed: UInt64(number))
        var row = BookRow()
        row.transfer = Self.transfer(number)
        row.item = 0
        row.units = Int64(source.next() % 100_000) + 1
        row.money = row.units / 100
        row.unit = unit
        row.currency = currency
        row.member = SplitMix.identifier(8, number)
        row.day = 20_000 + Int32(source.next() % 3)
        row.place = UInt64(number + 1)
        switch self {
        case .names: break
        case .references:
            guard let reference = table.keep("REF\(number)".utf8) else {
                throw BenchmarkError("a book has no room for a reference")
            }
            row.reference = reference
        case .equalAmounts: row.units = 500
        case .oneMember:
            row.member = 1
            row.day = 20_000
        case .equalRows:
            row.member = 1
            row.day = 20_000
            row.units = 500
            row.money = 5
        case .oneName: row.transfer = 1
        case .strangers: if !isLedger { row.transfer += 1 }
        }
        let isNamed = isLedger || [.names, .oneName, .strangers].contains(self)
        if !isNamed { row.transfer = 0 }
        return row
    }

    /// The UUIDv7 of a number.
    static func transfer(_ number: Int) -> UInt128 {
        let random = SplitMix.identifier(7, number)
        let fixed: UInt128 = 0xf << 76 | 0x3 << 62
        return random & ~fixed | 0x7 << 76 | 0x2 << 62
    }

    private static func shuffle(_ rows: inout [BookRow]) {
        var source = SplitMix(seed: 99)
        for place in rows.indices.dropFirst().reversed() {
            rows.swapAt(place, Int(source.next() % UInt64(place + 1)))
        }
        for place in rows.indices { rows[place].place = UInt64(place + 1) }
    }

    /// The terms of all cases.
    static var terms: ReconciliationTerms {
        let agreement = AgreementFacts(
            name: "terms",
            debtor: "harbour-hotels",
            creditor: "nordwind",
            currency: "EUR"
        )
        var terms = ReconciliationTerms(agreements: [agreement], currency: "EUR", cutDay: 20_002)
        terms.daysBefore = 1
        terms.daysAfter = 1
        return terms
    }
}
