/// The graph of rows that fit one another within the days, in its components.
///
/// Rows of one key fit as far as their days are near enough, so what fits a row are neighbours in
/// the order of days; nothing here is quadratic.
struct FitComponents {
    private let books: BookPair
    private let window: DayWindow
    /// The parent of each node in a forest of components; a root is its own.
    ///
    /// A row of the partner comes after all rows of the ledger.
    private var parents: [Int32]
    private let partnerStart: Int32
    /// The nodes that fit some other one.
    private var nodes: [Int32] = []

    /// No row fits any.
    init(_ books: BookPair, _ window: DayWindow) {
        self.books = books
        self.window = window
        partnerStart = Int32(books.ledger.rows.count)
        parents = Array(0..<partnerStart + Int32(books.partner.rows.count))
    }

    /// Takes in rows of one key.
    ///
    /// Complexity: O(n log n).
    mutating func add(_ ledger: [Int32], _ partner: [Int32]) {
        let lefts = books.sortedByDay(ledger, of: .ledger)
        let rights = books.sortedByDay(partner, of: .partner)
        var start = 0
        var end = 0
        var linked = 0
        for left in lefts {
            let day = books.ledger.rows[Int(left)].day
            while start < rights.count, window.isEarly(partnerDay(rights[start]), for: day) {
                start += 1
            }
            end = max(end, start)
            while end < rights.count, !window.isLate(partnerDay(rights[end]), for: day) { end += 1 }
            if start == end { continue }
            join(left, partnerStart + rights[start])
            linked = max(linked, start)
            while linked + 1 < end {
                join(partnerStart + rights[linked], partnerStart + rights[linked + 1])
                linked += 1
            }
        }
    }

    private func partnerDay(_ row: Int32) -> Int32 { books.partner.rows[Int(row)].day }

    private mutating func join(_ one: Int32, _ other: Int32) {
        nodes.append(one)
        nodes.append(other)
        let first = root(one)
        let second = root(other)
        // The smaller number is the root: the result depends on rows alone.
        if first < second { parents[Int(second)] = first } else { parents[Int(first)] = second }
    }

    private mutating func root(_ node: Int32) -> Int32 {
        var node = node
        while parents[Int(node)] != node {
            parents[Int(node)] = parents[Int(parents[Int(node)])]
            node = parents[Int(node)]
        }
        return node
    }

    /// Gives the rows of each component, rising; components in the order of their first row.
    mutating func forEach(_ body: (_ ledger: [Int32], _ partner: [Int32]) -> Void) {
        var packed = nodes.map { node in HashedRows.pack(UInt64(UInt32(root(node))) << 32, node) }
        packed.sort()
        var start = 0
        while start < packed.count {
            var ledger: [Int32] = []
            var partner: [Int32] = []
            var end = start
            while end < packed.count, packed[end] >> 32 == packed[start] >> 32 {
                let node = HashedRows.row(packed[end])
                if end == start || packed[end] != packed[end - 1] {
                    if node < partnerStart {
                        ledger.append(node)
                    } else {
                        partner.append(node - partnerStart)
                    }
                }
                end += 1
            }
            body(ledger, partner)
            start = end
        }
    }
}

extension BookPair {
    /// Rows by their days, then by number.
    func sortedByDay(_ rows: [Int32], of side: Side) -> [Int32] {
        let table = side == .ledger ? ledger.rows : partner.rows
        return rows.sorted { left, right in
            let days = (table[Int(left)].day, table[Int(right)].day)
            return days.0 == days.1 ? left < right : days.0 < days.1
        }
    }
}
