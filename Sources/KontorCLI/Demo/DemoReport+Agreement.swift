internal import Formats
internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// What two partners agreed on after the comparison of their books.
extension DemoReport {
    /// A break that both signed, and a window that both certified.
    var agreementLines: [String] {
        guard let books else { return [] }
        var rows: [(label: String, value: String)] = []
        if let done = books.resolution {
            let amount = done.currency.format(minorUnits: Int128(done.amount))
            rows += [
                ("break", done.sentence),
                (
                    "both sign",
                    "\(done.payer) pays \(done.payee) \(amount) \(done.currency); "
                        + "\(done.lineCount) signed lines of their journal"
                ),
                ("adjusted by", "entry \(done.entry), into the window that is open"),
            ]
        }
        if let done = books.certificate {
            let entries = done.entries.map { "\($0)" }.joined(separator: " and ")
            rows += [
                (
                    "certified",
                    "\(done.first) and \(done.second): \(done.count.grouped) transfers, compared by "
                        + "digests, no row shown"
                ),
                ("root", done.root.base64URL), ("signed by both", "entries \(entries)"),
            ]
        }
        return rows.isEmpty ? [] : Self.heading("What two partners sign") + Self.lines(of: rows)
    }
}

extension DemoResolution {
    /// The same for programs.
    var json: JSONValue {
        [
            "break": .string(id.base64URL), "payer": .string(payer), "payee": .string(payee),
            "currency": .string(currency.code), "amount": .integer(amount),
            "entry": .integer(Int64(entry)), "lines": .integer(Int64(lineCount)),
        ]
    }
}

extension DemoCertificate {
    /// The same for programs.
    var json: JSONValue {
        [
            "partners": [.string(first), .string(second)], "transfers": .integer(Int64(count)),
            "root": .string(root.base64URL),
            "entries": .array(entries.map { .integer(Int64($0)) }), "ok": .boolean(holds),
        ]
    }
}
