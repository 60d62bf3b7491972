internal import Settlement
internal import Signing

/// Makes rows of books of the cells of lines, one line after another.
///
/// It works on bytes and makes no strings; a row that cannot be read leaves nothing behind.
struct BookRowBuilder {
    let plan: BookPlan
    /// The rows so far; names have the numbers of the plan.
    var table = BookTable()
    /// Sums of `plan.sumSlots`, as written.
    private(set) var sums: [Int128]
    /// The days of the rows: first and last, or nil before the first.
    private(set) var days: ClosedRange<Int32>?
    /// The balance after the last row of each `plan.running`, or nil.
    private(set) var balances: [Int64?]
    /// The balance before the first row of each `plan.running`.
    private(set) var openings: [Int64?]
    /// Where a balance did not follow from the one before: the running number, what is due.
    private(set) var balanceBreak: (running: Int, due: Int64, stated: Int64)?

    private let slots: FieldSlots
    private var written: [Int64]
    private var lineRows: [BookRow] = []

    /// The slots of the fields, at hand.
    private struct FieldSlots {
        let transfer, item, reference, otherReference, member, account, batch: Int
        let day, status, event, money, fee: Int
    }

    init(_ plan: BookPlan) {
        self.plan = plan
        for name in plan.names { _ = table.number(of: name) }
        sums = [Int128](repeating: 0, count: plan.sumSlots.count)
        written = [Int64](repeating: 0, count: plan.columns.count)
        balances = [Int64?](repeating: nil, count: plan.running.count)
        openings = balances
        slots = FieldSlots(
            transfer: plan.slot(.transfer),
            item: plan.slot(.item),
            reference: plan.slot(.reference),
            otherReference: plan.slot(.otherReference),
            member: plan.slot(.member),
            account: plan.slot(.account),
            batch: plan.slot(.batch),
            day: plan.slot(.day),
            status: plan.slot(.status),
            event: plan.slot(.event),
            money: plan.slot(.money),
            fee: plan.slot(.fee)
        )
    }

    /// Adds the rows of a line, whose cells stand by slots.
    ///
    /// Complexity: O(bytes).
    mutating func add(_ bytes: [UInt8], _ cells: [BookCell], line: Int) throws(CellFault) {
        balanceBreak = nil
        for slot in plan.sumSlots { written[slot] = 0 }
        var row = BookRow()
        row.place = UInt64(line)
        try readIdentity(bytes, cells, &row)
        if slots.day >= 0, let dates = plan.dates {
            let cell = cells[slots.day]
            if cell.start < cell.end {
                row.day = try locating(slots.day) { () throws(CellFault) in
                    try dates.day(bytes, cell.start, cell.end)
                }
            }
        }
        try readWords(bytes, cells, &row)
        try readMoney(bytes, cells, &row)
        try readAmounts(bytes, cells, &row)
        let running = try readBalances(bytes, cells)
        try keepTexts(bytes, cells, &row)
        commit(row, running)
    }

    /// Says that a line was not read: the next balance need not follow.
    mutating func skip() {
        for index in balances.indices { balances[index] = nil }
    }

    private mutating func commit(_ row: BookRow, _ running: [Int64?]) {
        for index in lineRows.indices {
            lineRows[index].reference = row.reference
            lineRows[index].otherReference = row.otherReference
            lineRows[index].account = row.account
            lineRows[index].batch = row.batch
            table.rows.append(lineRows[index])
        }
        for (index, slot) in plan.sumSlots.enumerated() { sums[index] += Int128(written[slot]) }
        if row.day != BookRow.noDay {
            let days = days ?? row.day...row.day
            self.days = min(days.lowerBound, row.day)...max(days.upperBound, row.day)
        }
        for (index, stated) in running.enumerated() {
            guard let stated else { continue }
            let name = plan.running[index].name
            let change = lineRows.reduce(Int64(0)) { $1.unit == name ? $0 &+ $1.units : $0 }
            if let before = balances[index] {
                if before &+ change != stated {
                    balanceBreak = (index, before &+ change, stated)
                }
            } else if openings[index] == nil {
                openings[index] = stated &- change
            }
            balances[index] = stated
        }
    }

    private func locating<Value>(
        _ slot: Int,
        _ body: () throws(CellFault) -> Value
    ) throws(CellFault) -> Value {
        do throws(CellFault) { return try body() } catch {
            throw CellFault(kind: error.kind, slot: slot, offset: error.offset)
        }
    }

    private func readIdentity(
        _ bytes: [UInt8],
        _ cells: [BookCell],
        _ row: inout BookRow
    ) throws(CellFault) {
        if slots.transfer >= 0 {
            let cell = cells[slots.transfer]
            if cell.start < cell.end {
                guard let name = TransferName(bytes, cell.start, cell.end) else {
                    throw CellFault(kind: .transfer, slot: slots.transfer)
                }
                row.transfer = name.transfer
                row.item = name.item
            }
        }
        if slots.item >= 0 {
            let cell = cells[slots.item]
            if cell.start < cell.end {
                guard let item = TransferName.item(bytes, cell.start, cell.end) else {
                    throw CellFault(kind: .item, slot: slots.item)
                }
                guard row.item == BookRow.noItem || row.item == item else {
                    throw CellFault(kind: .itemTwice, slot: slots.item)
                }
                row.item = item
            }
        }
        if slots.member >= 0 {
            let cell = cells[slots.member]
            if cell.start < cell.end {
                let text = bytes.span.extracting(cell.start..<cell.end)
                guard let member = UInt128(base64URL: text) else {
                    throw CellFault(kind: .member, slot: slots.member)
                }
                row.member = member
            }
        }
    }

    private func readWords(
        _ bytes: [UInt8],
        _ cells: [BookCell],
        _ row: inout BookRow
    ) throws(CellFault) {
        if slots.status >= 0 {
            let cell = cells[slots.status]
            if let status = plan.statusWords.meaning(bytes, cell.start, cell.end) {
                row.status = status
            } else if cell.start < cell.end {
                throw CellFault(kind: .word, slot: slots.status)
            }
        }
        if slots.event >= 0 {
            let cell = cells[slots.event]
            if let event = plan.eventWords.meaning(bytes, cell.start, cell.end) {
                row.event = event
            } else if cell.start < cell.end {
                throw CellFault(kind: .word, slot: slots.event)
            }
        }
    }

    private mutating func readMoney(
        _ bytes: [UInt8],
        _ cells: [BookCell],
        _ row: inout BookRow
    ) throws(CellFault) {
        guard let currency = plan.currency, slots.money >= 0 || slots.fee >= 0 else { return }
        var name = currency.constant
        if name == nil {
            let cell = cells[currency.slot]
            name = currency.words.meaning(bytes, cell.start, cell.end)
            let hasMoney = [slots.money, slots.fee].contains {
                $0 >= 0 && cells[$0].start < cells[$0].end
            }
            guard name != nil || cell.start == cell.end && !hasMoney else {
                throw CellFault(
                    kind: cell.start < cell.end ? .word : .empty,
                    slot: currency.slot
                )
            }
        }
        guard let name else { return }
        if slots.money >= 0, let money = try number(bytes, cells, slots.money, name.scale) {
            row.money = abs(money)
            row.currency = name.number
        }
        if slots.fee >= 0, let fee = try number(bytes, cells, slots.fee, name.scale) {
            row.fee = abs(fee)
            row.currency = name.number
        }
    }

    /// The number of a slot, or nil if its cell is empty.
    private mutating func number(
        _ bytes: [UInt8],
        _ cells: [BookCell],
        _ slot: Int,
        _ scale: Int
    ) throws(CellFault) -> Int64? {
        let cell = cells[slot]
        guard cell.start < cell.end else {
            written[slot] = 0
            return nil
        }
        do throws(CellFault) {
            let units =
                cell.mark == .number
                ? try NumberReading.plain.units(bytes, cell.start, cell.end, scale: scale)
                : try plan.numbers.units(bytes, cell.start, cell.end, scale: scale)
            written[slot] = units
            return units
        } catch {
            throw CellFault(kind: error.kind, slot: slot, offset: error.offset)
        }
    }

    private mutating func readAmounts(
        _ bytes: [UInt8],
        _ cells: [BookCell],
        _ row: inout BookRow
    ) throws(CellFault) {
        lineRows.removeAll(keepingCapacity: true)
        for index in plan.amounts.indices {
            guard var units = try units(bytes, cells, index) else { continue }
            if plan.flipsReversals, row.event == .reversal { units = -units }
            row.units = units
            row.unit = try program(bytes, cells, index)
            lineRows.append(row)
        }
        guard !lineRows.isEmpty else {
            throw CellFault(kind: .amountMissing, slot: plan.amounts[0].slot)
        }
    }

    /// Signed units of an amount, or nil if it is not stated.
    private mutating func units(
        _ bytes: [UInt8],
        _ cells: [BookCell],
        _ index: Int
    ) throws(CellFault) -> Int64? {
        let (slot, creditSlot) = (plan.amounts[index].slot, plan.amounts[index].creditSlot)
        let (scale, factor) = (plan.amounts[index].scale, plan.amounts[index].factor)
        let first = try number(bytes, cells, slot, scale)
        if creditSlot >= 0 {
            let credit = try number(bytes, cells, creditSlot, scale)
            switch (first ?? 0, credit ?? 0) {
            case (0, 0): return first == nil && credit == nil ? nil : 0
            case (let debit, 0): return -debit * factor
            case (0, let credit): return credit * factor
            default: throw CellFault(kind: .bothSides, slot: creditSlot)
            }
        }
        guard let first else { return nil }
        let signSlot = plan.amounts[index].signSlot
        guard signSlot >= 0 else { return first * factor }
        let cell = cells[signSlot]
        guard
            let sign = plan.amounts[index].signWords.meaning(bytes, cell.start, cell.end)
        else { throw CellFault(kind: cell.start < cell.end ? .word : .empty, slot: signSlot) }
        return first * sign
    }

    private func program(
        _ bytes: [UInt8],
        _ cells: [BookCell],
        _ index: Int
    ) throws(CellFault) -> UInt16 {
        if let name = plan.amounts[index].names.constant { return name.number }
        let slot = plan.amounts[index].names.slot
        let cell = cells[slot]
        guard
            let name = plan.amounts[index].names.words.meaning(bytes, cell.start, cell.end)
        else { throw CellFault(kind: cell.start < cell.end ? .word : .empty, slot: slot) }
        return name.number
    }

    private mutating func readBalances(
        _ bytes: [UInt8],
        _ cells: [BookCell]
    ) throws(CellFault) -> [Int64?] {
        guard !plan.running.isEmpty else { return [] }
        var stated: [Int64?] = []
        for running in plan.running {
            stated.append(try number(bytes, cells, running.slot, running.scale))
        }
        return stated
    }

    private mutating func keepTexts(
        _ bytes: [UInt8],
        _ cells: [BookCell],
        _ row: inout BookRow
    ) throws(CellFault) {
        if slots.reference >= 0 { row.reference = try keep(bytes, cells, slots.reference) }
        if slots.otherReference >= 0 {
            row.otherReference = try keep(bytes, cells, slots.otherReference)
        }
        if slots.account >= 0 { row.account = try keep(bytes, cells, slots.account) }
        if slots.batch >= 0 { row.batch = try keep(bytes, cells, slots.batch) }
    }

    private mutating func keep(
        _ bytes: [UInt8],
        _ cells: [BookCell],
        _ slot: Int
    ) throws(CellFault) -> TextSpan {
        let cell = cells[slot]
        guard cell.end - cell.start <= BookLimits.textByteCount else {
            throw CellFault(kind: .tooLong, slot: slot)
        }
        let text =
            cell.mark == .doubled || encodingIsSingle
            ? plainText(bytes[cell.start..<cell.end], cell.mark) : bytes[cell.start..<cell.end]
        guard let span = table.keep(text) else { throw CellFault(kind: .tooMany, slot: slot) }
        return span
    }

    /// Whether bytes from 0x80 must be converted.
    private var encodingIsSingle: Bool { !plan.encoding.isUTF8 }

    /// A text in UTF-8 without doubled quotes.
    private func plainText(_ bytes: ArraySlice<UInt8>, _ mark: BookCell.Mark) -> ArraySlice<UInt8> {
        let text = plan.encoding.utf8(bytes)
        guard mark == .doubled, let quote = plan.quote else { return text[...] }
        var result: [UInt8] = []
        var isSecond = false
        for byte in text {
            isSecond = byte == quote && !isSecond
            if byte != quote || !isSecond { result.append(byte) }
        }
        return result[...]
    }
}
