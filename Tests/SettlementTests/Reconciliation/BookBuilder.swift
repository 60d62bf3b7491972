import Settlement

/// Books written down row by row.
struct BookBuilder {
    private(set) var table = BookTable()

    /// A book of one file.
    init(_ name: String, digest: String = "") {
        table.files = [BookFile(name: name, digest: digest, rowCount: 0)]
    }

    /// What a row states.
    struct Entry: Hashable {
        var transfer: UInt128 = 0
        var item: UInt16 = 0
        var event = BookRow.Event.posting
        var unit = "nordwind/miles"
        var units: Int64 = 0
        var currency: String? = "EUR"
        var money: Int64?
        var fee: Int64?
        var day: Int32? = 100
        var status = BookRow.Status.unstated
        var window = BookRow.Window.compared
        var member: UInt128 = 0
        var account = ""
        var reference = ""
        var otherReference = ""
        var batch = ""
        var place: UInt64 = 0
    }

    /// Adds a row; without a place of its own it stands in the next line.
    mutating func add(_ entry: Entry) {
        var row = BookRow()
        row.transfer = entry.transfer
        row.item = entry.item
        row.event = entry.event
        row.unit = table.number(of: entry.unit) ?? 0
        row.units = entry.units
        row.currency = entry.currency.flatMap { table.number(of: $0) } ?? BookRow.noName
        row.money = entry.money ?? BookRow.noMoney
        row.fee = entry.fee ?? BookRow.noMoney
        row.day = entry.day ?? BookRow.noDay
        row.status = entry.status
        row.window = entry.window
        row.member = entry.member
        row.account = table.keep(entry.account.utf8) ?? .none
        row.reference = table.keep(entry.reference.utf8) ?? .none
        row.otherReference = table.keep(entry.otherReference.utf8) ?? .none
        row.batch = table.keep(entry.batch.utf8) ?? .none
        row.place = entry.place == 0 ? UInt64(table.rows.count + 1) : entry.place
        table.rows.append(row)
        table.files[0].rowCount += 1
    }
}
