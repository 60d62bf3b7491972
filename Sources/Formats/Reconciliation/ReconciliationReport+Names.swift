internal import Money
internal import Settlement
internal import Signing

/// How rows and figures are named in reports.
extension ReconciliationReport {
    /// The name of a row of the ledger: entry and item, `1204/3`.
    func ledgerName(_ row: Int) -> String {
        let place = result.ledger.rows[row].place
        return "\(place >> 8)/\(place & 0xff)"
    }

    /// The name of a row of the partner: file and line, `0:17`.
    func partnerName(_ row: Int) -> String {
        let found = result.partner.rows[row]
        return "\(found.file):\(found.place)"
    }

    /// The name of a transfer: its UUID.
    static func transferName(_ number: UInt128) -> String {
        UUIDv7(rawValue: number)?.description ?? number.base64URL
    }

    /// A day as `2026-06-11`, or an empty text.
    static func day(_ day: Int32) -> String {
        day == BookRow.noDay ? "" : CivilDate(days: Int(day)).description
    }

    /// An amount of money as a plain decimal, `-12.50`, or an empty text.
    static func money(_ amount: Int64, _ currency: String) -> String {
        guard amount != BookRow.noMoney else { return "" }
        return PlainDecimal.text(Int128(amount), scale: Currency(currency)?.scale ?? 0)
    }

    /// A figure as a cell of CSV holds it: no grouping, no unit.
    static func plain(_ figure: Figure?) -> String {
        switch figure {
        case .units(let units, _): String(units)
        case .money(let amount, let currency): money(amount, currency)
        case .day(let day): self.day(day)
        case .name(let name): name
        case .status(let status): "\(status)"
        case .identifier(let number): transferName(number)
        case .count(let count): String(count)
        case .text(let bytes): String(decoding: bytes, as: UTF8.self)
        case .window(let window): "\(window)"
        case nil: ""
        }
    }

    /// Rows as a cell of CSV names them, separated by spaces.
    static func cell(_ rows: [Int], _ name: (Int) -> String) -> String {
        rows.map(name).joined(separator: " ")
    }

    /// Fields as a cell of CSV names them, separated by spaces.
    static func cell(_ fields: BookFieldSet) -> String {
        fields.fields.map(\.code).joined(separator: " ")
    }
}

extension JSONPen {
    /// Writes a member with the names of rows.
    mutating func member(_ name: String, rows: [Int], _ text: (Int) -> String) {
        self.name(name)
        open("[")
        for row in rows { string(text(row)) }
        close("]")
    }

    /// Writes a member with the codes of fields.
    mutating func member(_ name: String, fields: BookFieldSet) {
        self.name(name)
        open("[")
        for field in fields.fields { string(field.code) }
        close("]")
    }

    /// Writes a member with a figure: an object that says what it is of, or null.
    mutating func member(_ name: String, figure: Figure?) {
        self.name(name)
        guard let figure else { return null() }
        open("{")
        switch figure {
        case .units(let units, let program):
            member("units", integer: units)
            member("program", program)
        case .money(let amount, let currency):
            member("money", amount: Int128(amount))
            member("currency", currency)
        case .day(let day): member("day", ReconciliationReport.day(day))
        case .name(let name): member("name", name)
        case .status(let status): member("status", "\(status)")
        case .identifier(let number):
            member("identifier", ReconciliationReport.transferName(number))
        case .count(let count): member("count", integer: count)
        case .text(let bytes): member("text", String(decoding: bytes, as: UTF8.self))
        case .window(let window): member("window", "\(window)")
        }
        close("}")
    }

    /// Writes a member with true or false.
    mutating func member(_ name: String, boolean: Bool) {
        self.name(name)
        self.boolean(boolean)
    }
}
