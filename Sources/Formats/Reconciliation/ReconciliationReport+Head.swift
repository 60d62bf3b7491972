internal import Settlement
internal import Signing

extension ReconciliationReport {
    /// Opens an object with the members that each JSON file of a run begins with.
    func writeHead(to pen: inout JSONPen) {
        pen.open("{")
        pen.member("format", Self.format)
        pen.member("rules", Reconciliation.rules)
        pen.member("ledger", ledger.base64URL)
        pen.member("partner", partner)
        if let counterparty { pen.member("counterparty", counterparty) }
        pen.member("calendar", window.calendar)
        pen.member("window", integer: window.number)
        pen.member("start", integer: window.start)
        pen.member("end", integer: window.end)
        pen.member("asOf", CivilDate(days: Int(result.asOf)).description)
        pen.name("files")
        pen.open("[")
        for (number, file) in result.partner.files.enumerated() {
            pen.open("{")
            pen.member("file", integer: number)
            pen.member("role", "books")
            pen.member("name", file.name)
            pen.member("sha256", file.digest)
            pen.member("rows", integer: file.rowCount)
            pen.close("}")
        }
        for input in inputs {
            pen.open("{")
            pen.member("role", input.role)
            pen.member("name", input.name)
            pen.member("sha256", input.digest)
            pen.close("}")
        }
        pen.close("]")
    }

    /// Writes a JSON file whose last member is a list, one element a line.
    func writeList<Failure: Error>(
        _ name: String,
        count: Int,
        to sink: ([UInt8]) throws(Failure) -> Void,
        _ element: (inout JSONPen, Int) -> Void
    ) throws(Failure) {
        var pen = JSONPen()
        writeHead(to: &pen)
        pen.name(name)
        pen.open("[")
        for number in 0..<count {
            pen.lineEnd()
            element(&pen, number)
            guard pen.bytes.count >= FormatLimits.pieceByteCount else { continue }
            try sink(pen.bytes)
            pen.bytes.removeAll(keepingCapacity: true)
        }
        pen.close("]")
        pen.close("}")
        pen.bytes.append(0x0a)
        try sink(pen.bytes)
    }

    /// Writes a CSV file of a header and so many rows.
    func writeRows<Failure: Error>(
        _ columns: [String],
        count: Int,
        to sink: ([UInt8]) throws(Failure) -> Void,
        _ row: (inout CSVPen, Int) -> Void
    ) throws(Failure) {
        var pen = CSVPen()
        pen.row(columns)
        for number in 0..<count {
            row(&pen, number)
            guard pen.bytes.count >= FormatLimits.pieceByteCount else { continue }
            try sink(pen.bytes)
            pen.bytes.removeAll(keepingCapacity: true)
        }
        try sink(pen.bytes)
    }
}
