/// Rows of one member that sum to one row of the other side (P5).
struct SumFinder {
    /// Rows whose sums are equal; one side has one row.
    struct Sum {
        /// Rows of the ledger, rising.
        let ledger: [Int32]
        /// Rows of the partner, rising.
        let partner: [Int32]
    }

    /// A row with the rows that sum to it, or with all among which several sums do.
    private struct Finding {
        let single: Int32
        let parts: [Int32]
        let side: Side
        let isOnly: Bool
    }

    let books: BookPair
    let window: DayWindow
    /// Sums that are the only ones, and share no row with any other.
    private(set) var only: [Sum] = []
    /// The others.
    private(set) var several: [Sum] = []
    private var search = SubsetSum()

    /// Nothing is found yet.
    init(books: BookPair, window: DayWindow) {
        self.books = books
        self.window = window
    }

    /// Looks among the rows of one member, event, program and sign.
    ///
    /// Complexity: O(n log n), times 2^6 for each row with at most 12 rows in its days.
    mutating func find(_ ledger: [Int32], _ partner: [Int32]) {
        let lefts = books.sortedByDay(ledger, of: .ledger)
        let rights = books.sortedByDay(partner, of: .partner)
        var findings: [Finding] = []
        find(rights, .partner, among: lefts, into: &findings)
        find(lefts, .ledger, among: rights, into: &findings)
        if !findings.isEmpty { sort(findings) }
    }

    private mutating func find(
        _ singles: [Int32],
        _ side: Side,
        among rows: [Int32],
        into findings: inout [Finding]
    ) {
        var start = 0
        var end = 0
        for single in singles {
            while start < rows.count, isBefore(rows[start], single, side) { start += 1 }
            end = max(end, start)
            while end < rows.count, isNear(rows[end], single, side) { end += 1 }
            guard 2...ReconciliationLimits.sumItems ~= end - start else { continue }
            let target = books.row(side, single).units.magnitude
            let other = side == .ledger ? Side.partner : .ledger
            let parts = rows[start..<end].filter { books.row(other, $0).units.magnitude < target }
            let amounts = parts.map { books.row(other, $0).units.magnitude }
            switch search.find(target, among: amounts) {
            case .none: break
            case .only(let mask):
                let chosen = parts.indices.filter { mask >> UInt32($0) & 1 == 1 }.map { parts[$0] }
                findings.append(
                    Finding(single: single, parts: chosen, side: side, isOnly: true)
                )
            case .several:
                findings.append(
                    Finding(single: single, parts: parts, side: side, isOnly: false)
                )
            }
        }
    }

    /// Whether a row of the other side comes before the days of a single one.
    private func isBefore(_ row: Int32, _ single: Int32, _ side: Side) -> Bool {
        side == .partner
            ? window.isLate(
                books.partner.rows[Int(single)].day,
                for: books.ledger.rows[Int(row)].day
            )
            : window.isEarly(
                books.partner.rows[Int(row)].day,
                for: books.ledger.rows[Int(single)].day
            )
    }

    /// Whether a row of the other side is in the days of a single one.
    private func isNear(_ row: Int32, _ single: Int32, _ side: Side) -> Bool {
        side == .partner
            ? window.holds(
                books.partner.rows[Int(single)].day,
                for: books.ledger.rows[Int(row)].day
            )
            : window.holds(
                books.partner.rows[Int(row)].day,
                for: books.ledger.rows[Int(single)].day
            )
    }

    /// Tells sums that share no row with another from those that do.
    private mutating func sort(_ findings: [Finding]) {
        let ledger = findings.flatMap { $0.side == .ledger ? [$0.single] : $0.parts }.sorted()
        let partner = findings.flatMap { $0.side == .partner ? [$0.single] : $0.parts }.sorted()
        for finding in findings {
            let isLedger = finding.side == .ledger
            let sum = Sum(
                ledger: isLedger ? [finding.single] : finding.parts.sorted(),
                partner: isLedger ? finding.parts.sorted() : [finding.single]
            )
            let isAlone =
                sum.ledger.allSatisfy { ledger.count(of: $0) == 1 }
                && sum.partner.allSatisfy { partner.count(of: $0) == 1 }
            if finding.isOnly, isAlone { only.append(sum) } else { several.append(sum) }
        }
    }
}

extension [Int32] {
    /// Whether a sorted list has a number.
    func hasSorted(_ number: Int32) -> Bool { count(of: number) > 0 }

    /// How often a sorted list has a number.
    fileprivate func count(of number: Int32) -> Int {
        func place(_ isBelow: (Int32) -> Bool) -> Int {
            var low = 0
            var high = count
            while low < high {
                let middle = (low + high) / 2
                if isBelow(self[middle]) { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return place { $0 <= number } - place { $0 < number }
    }
}
