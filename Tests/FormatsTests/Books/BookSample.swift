import Formats
import Settlement
import Signing

/// A mapping for tests, and the reading of texts by it.
struct BookSample {
    var file = #"{"type":"csv","delimiter":";"}"#
    var numbers = #"{"decimal":",","thousands":"."}"#
    var dates = #"{"pattern":"DD.MM.YYYY","utcOffsetMinutes":60}"#
    var columns = #"{"transfer":"id","reference":"ref","day":"day"}"#
    var amounts = #"[{"program":"nordwind/miles","column":"miles"}]"#
    var rest = ""

    static let id = "01932f5c-7a00-7000-8000-0000000000"
    static let member = "AAAAAAAAAAAAAAAAAAAAAQ"

    var json: [UInt8] {
        Array(
            """
            {"format":"kontor-mapping/1","ledger":"\(Digest.zero.base64URL)","partner":"nordwind",
            "version":1,"file":\(file),"numbers":\(numbers),"dates":\(dates),"columns":\(columns),
            "amounts":\(amounts)\(rest)}
            """.utf8
        )
    }

    func mapping() throws(FormatError) -> BookMapping { try BookMapping(parsing: json) }

    func read(_ text: String) throws(FormatError) -> PartnerBook {
        try read(Array(text.utf8))
    }

    func read(_ bytes: [UInt8], pieces: Int = .max) throws(FormatError) -> PartnerBook {
        var reader = BookReader(mapping: try mapping(), name: "books.txt")
        var offset = 0
        while offset < bytes.count {
            let end = bytes.count - offset > pieces ? offset + pieces : bytes.count
            try reader.read(Array(bytes[offset..<end]))
            offset = end
        }
        return try reader.finish()
    }
}

extension BookTable {
    /// A row as one line of text, for comparison.
    func text(_ row: BookRow) -> String {
        let parts = [
            names[Int(row.unit)], String(row.units),
            row.transfer == 0 ? "-" : UUIDv7(rawValue: row.transfer)?.description ?? "?",
            row.item == BookRow.noItem ? "-" : String(row.item),
            row.member == 0 ? "-" : row.member.base64URL,
            [row.reference, row.otherReference, row.account, row.batch].map {
                String(decoding: bytes($0), as: UTF8.self)
            }.joined(separator: "|"),
            row.day == BookRow.noDay ? "-" : CivilDate(days: Int(row.day)).description,
            "\(row.event)", "\(row.status)",
            row.money == BookRow.noMoney ? "-" : String(row.money),
            row.fee == BookRow.noMoney ? "-" : String(row.fee),
            row.currency == BookRow.noName ? "-" : names[Int(row.currency)], "\(row.place)",
        ]
        return parts.joined(separator: " ")
    }

    var lines: [String] { rows.map { text($0) } }
}
