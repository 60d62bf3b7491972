internal import Settlement
internal import Signing

/// Adds up the rows of one transfer after another, and of all (spec/28 §1.1).
struct BookTally {
    /// What a transfer did to one program, in units.
    private struct Line {
        let unit: Int
        var debit: Int64 = 0
        var credit: Int64 = 0
        var reversedDebit: Int64 = 0
        var reversedCredit: Int64 = 0

        var isEmpty: Bool {
            debit == 0 && credit == 0 && reversedDebit == 0 && reversedCredit == 0
        }
    }

    private let table: BookTable
    /// The texts of the programs, by the number of the name.
    private let programs: [[UInt8]]
    /// The sums, by the number of the name.
    private var totals: [BookSum]
    /// The place of each name in the order of the names.
    private let ranks: [Int]
    private var lines: [Line] = []
    private var text: [UInt8] = []

    init(_ table: BookTable) {
        self.table = table
        programs = table.names.map { Array($0.utf8) }
        totals = table.names.map { BookSum(program: $0) }
        let order = programs.indices.sorted { [programs] left, right in
            programs[left].lexicographicallyPrecedes(programs[right])
        }
        var ranks = Array(repeating: 0, count: order.count)
        for (rank, unit) in order.enumerated() { ranks[unit] = rank }
        self.ranks = ranks
    }

    /// Whether a row counts: it belongs to the window, and is neither a hold nor called off.
    static func counts(_ row: BookRow) -> Bool {
        row.window == .compared && row.status != .pending && row.status != .void
    }

    /// The sums of the programs that have any, in the order of their names.
    var sums: [BookSum] {
        let order = totals.indices.sorted { ranks[$0] < ranks[$1] }
        return order.map { totals[$0] }.filter { $0 != BookSum(program: $0.program) }
    }

    /// Adds a row to the transfer at hand.
    mutating func add(_ index: Int) throws(FormatError) {
        let row = table.rows[index]
        guard row.units != 0 else { return }
        let unit = Int(row.unit)
        guard unit < programs.count, row.units != .min else { throw fault(row, .number) }
        let known = lines.firstIndex { $0.unit == unit }
        let place = if let known { known } else { try open(unit, row) }
        let isDebit = (row.units < 0) == (row.event == .posting)
        let amount = abs(row.units)
        let isTooLarge =
            switch (row.event, isDebit) {
            case (.posting, true): Self.add(amount, to: &lines[place].debit)
            case (.posting, false): Self.add(amount, to: &lines[place].credit)
            case (.reversal, true): Self.add(amount, to: &lines[place].reversedDebit)
            case (.reversal, false): Self.add(amount, to: &lines[place].reversedCredit)
            }
        if isTooLarge { throw fault(row, .number) }
    }

    /// Ends the transfer at hand: its leaf hash, or nil if nothing happened in it.
    ///
    /// Its rows go into the sums, unless they are counted there.
    mutating func takeLeaf(of name: ItemName, isCounted: Bool = false) -> Digest? {
        defer { lines.removeAll(keepingCapacity: true) }
        guard !lines.isEmpty else { return nil }
        if lines.count > 1 { lines.sort { ranks[$0.unit] < ranks[$1.unit] } }
        text.removeAll(keepingCapacity: true)
        name.append(to: &text)
        text.append(contentsOf: state.utf8)
        for line in lines {
            text.append(contentsOf: programs[line.unit])
            for amount in [line.debit, line.credit, line.reversedDebit, line.reversedCredit] {
                text.append(0x20)
                PlainNumber.append(UInt64(amount), to: &text)
            }
            text.append(0x0a)
            if isCounted { continue }
            totals[line.unit].debit += Int128(line.debit)
            totals[line.unit].credit += Int128(line.credit)
            totals[line.unit].reversedDebit += Int128(line.reversedDebit)
            totals[line.unit].reversedCredit += Int128(line.reversedCredit)
        }
        return DigestBuilder.digest(prefix: 0, text)
    }

    /// The name of the file of a row.
    static func file(of row: BookRow, _ table: BookTable) -> String {
        table.files.indices.contains(Int(row.file)) ? table.files[Int(row.file)].name : "books"
    }

    /// How the transfer stands, with the line's end.
    private var state: StaticText {
        guard lines.contains(where: { $0.debit > 0 || $0.credit > 0 }) else { return .reversal }
        guard lines.contains(where: { $0.reversedDebit > 0 || $0.reversedCredit > 0 }) else {
            return .posted
        }
        let isWhole = lines.allSatisfy {
            $0.reversedDebit == $0.debit && $0.reversedCredit == $0.credit
        }
        return isWhole ? .reversed : .partly
    }

    /// The words of a leaf's first line.
    private enum StaticText: String {
        case posted = " posted\n"
        case partly = " partly\n"
        case reversed = " reversed\n"
        case reversal = " reversal\n"

        var utf8: String.UTF8View { rawValue.utf8 }
    }

    private mutating func open(_ unit: Int, _ row: BookRow) throws(FormatError) -> Int {
        guard ProgramID(ascii: programs[unit][...]) != nil else { throw fault(row, .identifier) }
        lines.append(Line(unit: unit))
        return lines.count - 1
    }

    /// Adds an amount; true when the sum leaves its range.
    private static func add(_ amount: Int64, to sum: inout Int64) -> Bool {
        let (total, overflow) = sum.addingReportingOverflow(amount)
        sum = total
        return overflow
    }

    private func fault(_ row: BookRow, _ code: FormatError.Code) -> FormatError {
        let isNumber = code == .number
        return FormatError(
            code,
            in: Self.file(of: row, table),
            line: Int(clamping: row.place),
            isNumber
                ? "the units of the transfer are more than 2^63 − 1"
                : "the unit is no program like nordwind/miles",
            wayOut: isNumber
                ? "correct the row"
                : "let the mapping name the program as the ledger does"
        )
    }
}
