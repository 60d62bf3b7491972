extension Reconciliation {
    /// What a record's rows state of the field that differs.
    func figures(
        of record: BreakRecord,
        _ ledgerRows: [Int],
        _ partnerRows: [Int]
    ) -> (expected: Figure?, found: Figure?) {
        guard let field = record.field else { return (nil, nil) }
        return (
            Self.figure(field, of: ledgerRows, in: ledger),
            Self.figure(field, of: partnerRows, in: partner)
        )
    }

    /// What was compared of a match, field by field.
    public func evidence(of match: Match) -> [Comparison] {
        match.compared.fields.compactMap { field in
            guard let expected = Self.figure(field, of: match.ledgerRows, in: ledger),
                let found = Self.figure(field, of: match.partnerRows, in: partner)
            else { return nil }
            let agrees = !match.different.contains(BookFieldSet(field))
            return Comparison(field: field, ledger: expected, partner: found, agrees: agrees)
        }
    }

    /// What a row, or the sum of several, states of a field; nil if nothing.
    static func figure(_ field: BookField, of rows: [Int], in table: BookTable) -> Figure? {
        guard let first = rows.first else { return nil }
        let row = table.rows[first]
        switch field {
        case .units:
            let sum = rows.reduce(Int64(0)) { $0 &+ table.rows[$1].units }
            return .units(sum, program: table.names[Int(row.unit)])
        case .money: return money(\.money, of: rows, in: table)
        case .fee: return money(\.fee, of: rows, in: table)
        default: return table.figure(field, of: row)
        }
    }

    /// The sum of an amount of money; nil if a row does not state it.
    private static func money(
        _ amount: KeyPath<BookRow, Int64>,
        of rows: [Int],
        in table: BookTable
    ) -> Figure? {
        var sum: Int64 = 0
        for number in rows {
            let figure = table.rows[number][keyPath: amount]
            if figure == BookRow.noMoney { return nil }
            sum &+= figure
        }
        let currency = table.rows[rows[0]].currency
        let name = currency == BookRow.noName ? "" : table.names[Int(currency)]
        return .money(sum, currency: name)
    }
}

extension BookTable {
    /// What a row states of a field that does not add up; nil if nothing.
    func figure(_ field: BookField, of row: BookRow) -> Figure? {
        switch field {
        case .transfer: row.transfer == 0 ? nil : .identifier(row.transfer)
        case .event: .name("\(row.event)")
        case .unit: .name(names[Int(row.unit)])
        case .units: .units(row.units, program: names[Int(row.unit)])
        case .currency: row.currency == BookRow.noName ? nil : .name(names[Int(row.currency)])
        case .money, .fee: nil
        case .day: row.day == BookRow.noDay ? nil : .day(row.day)
        case .status: .status(row.status)
        case .member: row.member == 0 ? nil : .identifier(row.member)
        case .account: row.account.isEmpty ? nil : .text(Array(bytes(row.account)))
        case .reference:
            if !row.reference.isEmpty {
                .text(Array(bytes(row.reference)))
            } else if !row.otherReference.isEmpty {
                .text(Array(bytes(row.otherReference)))
            } else {
                nil
            }
        case .batch: row.batch.isEmpty ? nil : .text(Array(bytes(row.batch)))
        case .window: .window(row.window)
        }
    }
}
