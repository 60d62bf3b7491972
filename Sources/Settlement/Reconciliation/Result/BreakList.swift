/// The breaks of a reconciliation, by number.
public struct BreakList: RandomAccessCollection, Sendable {
    let reconciliation: Reconciliation

    /// The first number: 0.
    public var startIndex: Int { 0 }
    /// How many there are.
    public var endIndex: Int { reconciliation.records.count }

    /// A break.
    ///
    /// Complexity: O(rows of the break), and O(log n) for its suggestions.
    public subscript(number: Int) -> Break {
        reconciliation.makeBreak(reconciliation.records[number])
    }
}

extension Reconciliation {
    /// The break that a record stands for.
    func makeBreak(_ record: BreakRecord) -> Break {
        let ledgerRows = store.rows(record.ledger)
        let partnerRows = store.rows(record.partner)
        let days = store.ageDays(record, ledger, partner, asOf: asOf)
        let figures = figures(of: record, ledgerRows, partnerRows)
        return Break(
            type: record.type,
            cause: record.cause,
            match: record.match < 0 ? nil : Int(record.match),
            ledgerRows: ledgerRows,
            partnerRows: partnerRows,
            suggestions: record.match < 0 ? suggestions(ledgerRows, partnerRows) : [],
            fault: record.fault < 0 ? nil : Int(record.fault),
            field: record.field,
            expected: figures.expected,
            found: figures.found,
            valueAtRisk: record.valueAtRisk == BreakRecord.noValue ? nil : record.valueAtRisk,
            ageDays: days,
            isOverdue: days > terms.serviceDays(record.type),
            adjustment: record.adjustment < 0 ? nil : Int(record.adjustment)
        )
    }

    /// The suggestions that name one of these rows, rising.
    private func suggestions(_ ledgerRows: [Int], _ partnerRows: [Int]) -> [Int] {
        var found: [Int] = []
        for row in ledgerRows { RowSuggestion.find(row, in: suggestionsOfLedger, into: &found) }
        for row in partnerRows { RowSuggestion.find(row, in: suggestionsOfPartner, into: &found) }
        found.sort()
        var distinct: [Int] = []
        for number in found where distinct.last != number { distinct.append(number) }
        return distinct
    }
}

extension RowSuggestion {
    /// Appends the suggestions of a row.
    static func find(_ row: Int, in list: [RowSuggestion], into found: inout [Int]) {
        var low = 0
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            if Int(list[middle].row) < row { low = middle + 1 } else { high = middle }
        }
        while low < list.count, Int(list[low].row) == row {
            found.append(Int(list[low].suggestion))
            low += 1
        }
    }
}

extension ReconciliationTerms {
    /// The days in which breaks of a type are to be closed.
    func serviceDays(_ type: BreakType) -> Int {
        service.first { $0.type == type }?.days ?? type.serviceDays
    }
}
