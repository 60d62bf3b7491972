internal import Settlement
internal import Signing

extension ReconciliationReport {
    /// Writes the matches as JSON: pass, rows of both sides, what was compared, what differs
    ///
    ///
    /// Complexity: O(matches).
    public func writeMatched<Failure: Error>(
        json sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let matches = result.matches
        try writeList("matches", count: matches.count, to: sink) { pen, number in
            let match = matches[number]
            pen.open("{")
            pen.member("match", integer: number)
            pen.member("pass", match.pass.code)
            pen.member("score", integer: match.scorePermille)
            pen.member("actor", "kontor")
            pen.member("ledger", rows: match.ledgerRows, ledgerName)
            pen.member("partner", rows: match.partnerRows, partnerName)
            if let row = match.ledgerRows.first {
                pen.member("program", program(ofLedger: row))
            }
            pen.member("units", integer: units(match.ledgerRows, in: result.ledger))
            pen.member("compared", fields: match.compared)
            pen.member("different", fields: match.different)
            pen.close("}")
        }
    }

    /// Writes the matches as CSV.
    ///
    /// Complexity: O(matches).
    public func writeMatched<Failure: Error>(
        csv sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let matches = result.matches
        let columns = [
            "match", "pass", "score", "actor", "ledger", "partner", "program", "units",
            "compared", "different",
        ]
        try writeRows(columns, count: matches.count, to: sink) { pen, number in
            let match = matches[number]
            pen.row([
                String(number), match.pass.code, String(match.scorePermille), "kontor",
                Self.cell(match.ledgerRows, ledgerName), Self.cell(match.partnerRows, partnerName),
                match.ledgerRows.first.map(program(ofLedger:)) ?? "",
                String(units(match.ledgerRows, in: result.ledger)), Self.cell(match.compared),
                Self.cell(match.different),
            ])
        }
    }

    /// The program of a row of the ledger.
    func program(ofLedger row: Int) -> String {
        result.ledger.names[Int(result.ledger.rows[row].unit)]
    }

    /// The sum of the units of rows.
    func units(_ rows: [Int], in table: BookTable) -> Int64 {
        rows.reduce(Int64(0)) { $0 &+ table.rows[$1].units }
    }
}
