internal import Money
internal import Settlement

extension BookReader {
    /// Reads a bank file camt.053 or camt.054 as rows of books: a row a payment, or an entry where
    /// the bank states none.
    mutating func readBank(_ bytes: [UInt8]) throws(FormatError) -> [BookSummary] {
        let file: BankStatementFile
        do throws(FormatError) { file = try BankStatementFile(parsing: bytes) } catch {
            throw fault(
                error.code,
                line: error.line,
                column: error.column,
                error.reason,
                wayOut: error.wayOut
            )
        }
        var summaries: [BookSummary] = []
        for statement in file.statements {
            let first = builder.table.rows.count
            for entry in statement.entries { read(entry, statement, file) }
            summaries.append(try summary(of: statement, file, first))
        }
        return summaries
    }

    private mutating func read(
        _ entry: BankStatement.Entry,
        _ statement: BankStatement,
        _ file: BankStatementFile
    ) {
        let details: [BankStatement.Detail?] = entry.details.isEmpty ? [nil] : entry.details
        // An entry of several payments that states no amount for one has none to give it.
        if details.count > 1, details.contains(where: { $0?.amount == nil }) {
            lineCount += 1
            let reason = "an entry has several payments, and one of them no amount; ask for it"
            note(.unparsable, line: entry.line, column: 0, reason)
            return
        }
        for detail in details {
            lineCount += 1
            let record = BankRecord.cells(of: detail, in: entry, statement: statement, file: file)
            add(record, line: entry.line)
        }
    }

    private mutating func add(_ texts: [String], line: Int) {
        var bytes: [UInt8] = []
        var cells: [BookCell] = []
        for column in builder.plan.columns {
            let start = bytes.count
            if case .name(let name) = column, let index = BankRecord.names.firstIndex(of: name) {
                bytes.append(contentsOf: texts[index].utf8)
            }
            let isNumber = column == .name("Amt")
            cells.append(
                BookCell(start: start, end: bytes.count, mark: isNumber ? .number : .plain)
            )
        }
        let first = builder.table.rows.count
        var isRead = true
        do throws(CellFault) { try builder.add(bytes, cells, line: line) } catch {
            note(error, bytes, cells, line: line, column: 0)
            isRead = false
        }
        if recordLimit > 0 {
            let reason = isRead ? nil : faults.last?.reason
            record(bytes, cells, line: line, after: first, fault: reason)
        }
    }

    private mutating func summary(
        of statement: BankStatement,
        _ file: BankStatementFile,
        _ first: Int
    ) throws(FormatError) -> BookSummary {
        let text = { (place: BookPlace) -> (text: String, isPlain: Bool)? in
            guard case .name(let name) = place else { return nil }
            switch name {
            case "MsgId": return (file.messageID, false)
            case "StmtId": return (statement.id, false)
            case "Acct": return (statement.account, false)
            case "ElctrncSeqNb": return statement.sequenceNumber.map { (String($0), true) }
            default:
                return statement.balances.first { $0.code == name }.map { balance in
                    let amount = balance.direction == .credit ? balance.amount : -balance.amount
                    return (PlainDecimal.text(amount, scale: balance.currency.scale), true)
                }
            }
        }
        let closed = try close(text, rows: first..<builder.table.rows.count)
        return BookSummary(
            statement: statement.id,
            sequence: statement.sequenceNumber,
            account: statement.account,
            balances: closed.balances
        )
    }
}
