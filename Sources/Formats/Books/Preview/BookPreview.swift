internal import Settlement
internal import Signing

/// The first lines of a file as a mapping reads them: each cell as it is written, and what it
/// becomes.
///
/// It is for people who make a mapping; no signature is needed.
public struct BookPreview: Sendable {
    /// A cell.
    public struct Cell: Hashable, Sendable {
        /// The column that the mapping names.
        public let column: BookColumn
        /// The text as the file has it.
        public let raw: String
        /// What the mapping makes of it, one text for each use of the column: `money 1234`.
        public let parsed: [String]
    }

    /// A line.
    public struct Line: Hashable, Sendable {
        /// The line of the file, from 1.
        public let line: Int
        /// The cells of the columns that the mapping names, in its order.
        public let cells: [Cell]
        /// The rows that it gives, each as one text.
        public let rows: [String]
        /// Why it cannot be read, or nil.
        public let fault: String?
    }

    /// The lines.
    public let lines: [Line]
    /// How many lines the file has.
    public let lineCount: Int
    /// How many lines cannot be read.
    public let unreadableCount: Int

    /// Reads a file and keeps its first lines.
    ///
    /// Throws what `BookReader` throws. Complexity: O(n).
    public init(
        _ bytes: [UInt8],
        mapping: BookMapping,
        name: String,
        limit: Int = 20
    ) throws(FormatError) {
        var reader = BookReader(mapping: mapping, name: name)
        reader.recordLimit = limit
        try reader.read(bytes)
        let book = try reader.finish()
        lineCount = book.table.files.first?.rowCount ?? 0
        unreadableCount = book.unreadableCount
        let plan = reader.builder.plan
        lines = reader.records.map { record in
            let rows = Array(book.table.rows[record.rows])
            return Line(
                line: record.line,
                cells: zip(plan.columns.indices, record.texts).map { slot, text in
                    Cell(
                        column: plan.columns[slot],
                        raw: text,
                        parsed: Self.parsed(slot, plan, rows, book.table)
                    )
                },
                rows: rows.map { Self.text($0, book.table) },
                fault: record.fault
            )
        }
    }

    /// What a column became, in each of its uses.
    private static func parsed(
        _ slot: Int,
        _ plan: BookPlan,
        _ rows: [BookRow],
        _ table: BookTable
    ) -> [String] {
        guard let row = rows.first else { return [] }
        var uses: [String] = []
        for field in MappingField.allCases where plan.slot(field) == slot {
            uses.append("\(field.rawValue) \(value(field, row, table))")
        }
        for amount in plan.amounts
        where [amount.slot, amount.creditSlot, amount.signSlot, amount.names.slot].contains(slot) {
            let own = rows.filter { row in
                amount.names.constant.map { $0.number == row.unit }
                    ?? amount.names.words.entries.contains { $0.meaning.number == row.unit }
            }
            uses += own.map { "\(table.names[Int($0.unit)]) \($0.units)" }
        }
        if plan.currency?.slot == slot, row.currency != BookRow.noName {
            uses.append(table.names[Int(row.currency)])
        }
        return uses
    }

    private static func value(
        _ field: MappingField,
        _ row: BookRow,
        _ table: BookTable
    ) -> String {
        func text(_ span: TextSpan) -> String {
            span.isEmpty ? "-" : String(decoding: table.bytes(span), as: UTF8.self)
        }
        switch field {
        case .transfer: return UUIDv7(rawValue: row.transfer)?.description ?? "-"
        case .item: return row.item == BookRow.noItem ? "-" : String(row.item)
        case .reference: return text(row.reference)
        case .otherReference: return text(row.otherReference)
        case .member: return row.member == 0 ? "-" : row.member.base64URL
        case .account: return text(row.account)
        case .batch: return text(row.batch)
        case .day: return row.day == BookRow.noDay ? "-" : CivilDate(days: Int(row.day)).description
        case .status: return row.status == .unstated ? "-" : "\(row.status)"
        case .event: return "\(row.event)"
        case .money: return row.money == BookRow.noMoney ? "-" : String(row.money)
        case .fee: return row.fee == BookRow.noMoney ? "-" : String(row.fee)
        }
    }

    /// A row as one text: every field that it states.
    private static func text(_ row: BookRow, _ table: BookTable) -> String {
        var parts = ["\(table.names[Int(row.unit)]) \(row.units)"]
        for field in MappingField.allCases {
            let value = value(field, row, table)
            if value != "-" { parts.append("\(field.rawValue) \(value)") }
        }
        if row.currency != BookRow.noName { parts.append("in \(table.names[Int(row.currency)])") }
        return parts.joined(separator: ", ")
    }
}

/// A line as it was cut, kept for a preview.
struct BookRecord: Sendable {
    var line: Int
    /// The texts of the slots.
    var texts: [String]
    /// The rows of the table that it gave.
    var rows: Range<Int>
    /// Why it cannot be read, or nil.
    var fault: String?
}
