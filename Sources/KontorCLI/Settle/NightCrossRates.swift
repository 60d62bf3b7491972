internal import Formats
internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// The official cross-rate tables of the last fixing, one a rule (spec/24 §6).
struct NightCrossRates {
    let fixing: NightFixing
    let tables: [(rule: ValueRule, table: CrossRateTable)]

    /// The tables of a book, or nil before its first fixing.
    init?(_ book: Book) {
        guard let fixing = book.fixing, let ledger = book.ledger else { return nil }
        self.fixing = fixing
        tables = ValueRule.allCases.compactMap { rule in
            let values = book.fixedValues(by: rule).map(Self.value)
            guard values.count > 1 else { return nil }
            let table = CrossRateTable(
                ledger: ledger,
                fixing: fixing.hash,
                window: fixing.window,
                date: fixing.cutoff.date(),
                currency: fixing.numeraire,
                values: values
            )
            return (rule, table)
        }
    }

    private static func value(_ fixed: FixedValue) -> CrossRateTable.Value {
        CrossRateTable.Value(
            program: fixed.program,
            value: fixed.value,
            yesterday: fixed.yesterday,
            rule: fixed.rule.rawValue,
            sources: fixed.sources.map {
                CrossRateTable.Source(name: $0.name, weight: $0.weight)
            }
        )
    }
}
