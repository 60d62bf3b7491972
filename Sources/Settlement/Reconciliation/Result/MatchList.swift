/// The matches of a reconciliation, by number.
public struct MatchList: RandomAccessCollection, Sendable {
    let store: MatchStore

    /// The first number: 0.
    public var startIndex: Int { 0 }
    /// How many there are.
    public var endIndex: Int { store.records.count }

    /// A match.
    ///
    /// Complexity: O(rows of the match).
    public subscript(number: Int) -> Match {
        let record = store.records[number]
        return Match(
            pass: record.pass,
            ledgerRows: store.rows(record.ledger),
            partnerRows: store.rows(record.partner),
            compared: record.compared,
            different: record.different
        )
    }
}
