internal import Formats
internal import Foundation
internal import Settlement
internal import Signing

/// Two files of books that agree, the partner's in another order, as CSV.
struct BookFiles: Sendable {
    let directory: String

    func path(isLedger: Bool) -> String {
        "\(directory)/\(isLedger ? "ledger" : "partner").csv"
    }

    /// Writes both files.
    func write(_ rows: Int) throws -> StepReport {
        for isLedger in [true, false] {
            let table = try BookWorld.names.table(rows, isLedger: isLedger)
            var text = "id,item,units,money,day,reference\n"
            for row in table.rows {
                guard let transfer = UUIDv7(rawValue: row.transfer) else {
                    throw BenchmarkError("a transfer has no UUIDv7")
                }
                let cents = row.money % 100
                text += "\(transfer),\(row.item),\(row.units)"
                text += ",\(row.money / 100).\(cents < 10 ? "0" : "")\(cents)"
                text += ",\(CivilDate(days: Int(row.day))),REF\(row.transfer % 1_000_000_007)\n"
            }
            try Data(text.utf8).write(to: URL(fileURLWithPath: path(isLedger: isLedger)))
        }
        return StepReport()
    }

    /// Reads one of them by a mapping.
    func table(isLedger: Bool) throws -> BookTable {
        let digest = String(repeating: "A", count: 43)
        let mapping = """
            {"format":"kontor-mapping/1","ledger":"\(digest)","partner":"nordwind","version":1,
            "file":{"type":"csv","encoding":"UTF-8","delimiter":","},
            "numbers":{"decimal":"."},"dates":{"pattern":"YYYY-MM-DD"},
            "columns":{"transfer":"id","item":"item","money":"money","day":"day",
            "reference":"reference"},"currency":"EUR",
            "amounts":[{"program":"nordwind/miles","column":"units"}]}
            """
        let path = path(isLedger: isLedger)
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw BenchmarkError("\(path) is not there")
        }
        defer { try? file.close() }
        var reader = BookReader(
            mapping: try BookMapping(parsing: Array(mapping.utf8)),
            name: isLedger ? "ledger" : "partner.csv"
        )
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            try reader.read(Array(piece))
        }
        let book = try reader.finish()
        guard book.table.faults.isEmpty else {
            throw BenchmarkError("\(path): \(book.table.faults[0].reason)")
        }
        return book.table
    }
}
