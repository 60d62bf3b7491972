import Settlement

/// Matching as spec/27 writes it, row by row and pair by pair, with no thought of speed.
///
/// Rows are numbered in the order of their places. Only what the specification says is shared with
/// the real one.
struct NaiveMatching {
    typealias Entry = BookBuilder.Entry

    /// Rows that were matched.
    struct Found: Hashable {
        let pass: String
        let ledger: [Int]
        let partner: [Int]
    }

    /// How a row stands.
    enum State: Equatable {
        case open
        case matched
        case duplicate
    }

    let ledger: [Entry]
    let partner: [Entry]
    let terms: ReconciliationTerms
    var ledgerState: [State]
    var partnerState: [State]
    var matches: [Found] = []
    var ties: [(ledger: [Int], partner: [Int])] = []
    /// Rows of the partner that are booked again, with the ledger's row.
    var duplicates: [(partner: Int, ledger: Int)] = []

    init(ledger: [Entry], partner: [Entry], terms: ReconciliationTerms) {
        self.ledger = ledger
        self.partner = partner
        self.terms = terms
        ledgerState = Array(repeating: .open, count: ledger.count)
        partnerState = Array(repeating: .open, count: partner.count)
        matchNames()
        let left = Self.copies(ledger, ledgerState)
        let right = Self.copies(partner, partnerState)
        matchLoose(left, right, isContext: false)
        matchBatches()
        for key in [Self.memberKey, Self.accountKey] { matchSums(key) }
        matchLoose(left, right, isContext: true)
    }

    // MARK: Rows

    static func content(_ entry: Entry) -> Entry {
        var entry = entry
        entry.place = 0
        return entry
    }

    static func areCopies(_ left: Entry, _ right: Entry) -> Bool {
        content(left) == content(right)
    }

    /// The open rows in sets of copies.
    static func copies(_ rows: [Entry], _ states: [State]) -> [[Int]] {
        var sets: [[Int]] = []
        for row in rows.indices where states[row] == .open {
            if let set = sets.firstIndex(where: { areCopies(rows[$0[0]], rows[row]) }) {
                sets[set].append(row)
            } else {
                sets.append([row])
            }
        }
        return sets
    }

    static func memberKey(_ entry: Entry) -> String? {
        entry.member == 0 ? nil : "\(entry.member)"
    }

    static func accountKey(_ entry: Entry) -> String? {
        entry.account.isEmpty ? nil : entry.account
    }

    static func references(_ entry: Entry) -> Set<String> {
        Set([entry.reference, entry.otherReference]).subtracting([""])
    }

    func areNear(_ left: Entry, _ right: Entry) -> Bool {
        guard let day = left.day, let other = right.day else { return false }
        return (-terms.daysBefore...terms.daysAfter).contains(other - day)
    }

    mutating func match(_ pass: String, _ left: [Int], _ right: [Int]) {
        matches.append(Found(pass: pass, ledger: left, partner: right))
        for row in left { ledgerState[row] = .matched }
        for row in right { partnerState[row] = .matched }
    }

    mutating func close(_ row: Int, asDuplicateOf other: Int) {
        partnerState[row] = .duplicate
        duplicates.append((row, other))
    }

    /// Matches copies one by one; the partner's that are left are booked again.
    mutating func matchCopies(_ pass: String, _ left: [Int], _ right: [Int]) {
        for (one, other) in zip(left, right) { match(pass, [one], [other]) }
        for row in right.dropFirst(left.count) { close(row, asDuplicateOf: left[0]) }
    }
}

// MARK: P2 to P4

extension NaiveMatching {
    private mutating func matchLoose(_ left: [[Int]], _ right: [[Int]], isContext: Bool) {
        let tied = isContext ? ties.flatMap(\.partner) : []
        func lefts(_ matching: NaiveMatching) -> [[Int]] {
            left.filter {
                matching.ledgerState[$0[0]] == .open
                    && (ledger[$0[0]].window != .compared) == isContext
            }
        }
        func rights(_ matching: NaiveMatching) -> [[Int]] {
            right.filter {
                let row = partner[$0[0]]
                return matching.partnerState[$0[0]] == .open && row.transfer == 0
                    && row.window == .compared && !tied.contains($0[0])
            }
        }
        let original = self
        let passes: [(String, (Entry, Entry) -> Bool)] = [
            (
                "P2",
                { left, right in
                    Self.areAlike(left, right) && !left.reference.isEmpty
                        && !left.otherReference.isEmpty && !right.reference.isEmpty
                        && !right.otherReference.isEmpty
                        && [left.reference, left.otherReference].sorted()
                            == [right.reference, right.otherReference].sorted()
                }
            ),
            (
                "P3",
                { left, right in
                    Self.areAlike(left, right) && left.units != 0 && original.areNear(left, right)
                        && !Self.references(left).isDisjoint(with: Self.references(right))
                }
            ),
            ("P4", { left, right in original.fits(left, right, Self.memberKey) }),
            ("P4", { left, right in original.fits(left, right, Self.accountKey) }),
        ]
        for (pass, fits) in passes {
            matchComponents(pass, lefts(self), rights(self), fits)
        }
    }

    private func fits(_ left: Entry, _ right: Entry, _ key: (Entry) -> String?) -> Bool {
        Self.areAlike(left, right) && left.units != 0 && areNear(left, right)
            && key(left) != nil && key(left) == key(right)
    }

    private static func areAlike(_ left: Entry, _ right: Entry) -> Bool {
        left.event == right.event && left.unit == right.unit && left.units == right.units
    }

    /// Matches sets of copies that fit only one another; what fits in several ways is a tie, or in
    /// P4 matched if there is just one way to match all.
    private mutating func matchComponents(
        _ pass: String,
        _ left: [[Int]],
        _ right: [[Int]],
        _ fits: (Entry, Entry) -> Bool
    ) {
        func fit(_ one: Int, _ other: Int) -> Bool {
            fits(ledger[left[one][0]], partner[right[other][0]])
        }
        var seen: Set<Int> = []
        for start in left.indices where !seen.contains(start) {
            var lefts: Set<Int> = [start]
            var rights: Set<Int> = []
            while true {
                let more = right.indices.filter { other in lefts.contains { fit($0, other) } }
                let back = left.indices.filter { one in more.contains { fit(one, $0) } }
                if Set(more) == rights, Set(back).isSubset(of: lefts) { break }
                rights = Set(more)
                lefts.formUnion(back)
            }
            seen.formUnion(lefts)
            if rights.isEmpty { continue }
            let one = lefts.sorted().map { left[$0] }
            let other = rights.sorted().map { right[$0] }
            if one.count == 1, other.count == 1 {
                matchCopies(pass, one[0], other[0])
            } else if pass == "P4", let pairs = onlyWay(one, other, fits) {
                for (left, right) in pairs { match(pass, [left], [right]) }
            } else {
                ties.append((one.flatMap(\.self), other.flatMap(\.self)))
            }
        }
    }

    /// The only way to match all rows of sets of copies, found by trying all.
    private func onlyWay(
        _ left: [[Int]],
        _ right: [[Int]],
        _ fits: (Entry, Entry) -> Bool
    ) -> [(Int, Int)]? {
        let lefts = left.flatMap(\.self)
        let rights = right.flatMap(\.self)
        guard lefts.count == rights.count else { return nil }
        var ways: [Set<[Int]>] = []
        var first: [(Int, Int)]?
        func extend(_ pairs: [(Int, Int)], _ rest: [Int]) {
            if pairs.count == lefts.count {
                // Copies are named by the first of them, with how often the pair occurs.
                let names = pairs.map { pair -> [Int] in
                    let one = left.first { $0.contains(pair.0) }?[0] ?? -1
                    let other = right.first { $0.contains(pair.1) }?[0] ?? -1
                    let count = pairs.count { twin in
                        left.first { $0.contains(twin.0) }?[0] == one
                            && right.first { $0.contains(twin.1) }?[0] == other
                    }
                    return [one, other, count]
                }
                if !ways.contains(Set(names)) { ways.append(Set(names)) }
                if first == nil { first = pairs }
                return
            }
            let row = lefts[pairs.count]
            for other in rest where fits(ledger[row], partner[other]) {
                extend(pairs + [(row, other)], rest.filter { $0 != other })
            }
        }
        extend([], rights)
        guard ways.count == 1, first != nil else { return nil }
        // Of copies any may be taken; by rising days, then by place.
        return Array(
            zip(
                lefts.sorted { (ledger[$0].day ?? 0, $0) < (ledger[$1].day ?? 0, $1) },
                rights.sorted { (partner[$0].day ?? 0, $0) < (partner[$1].day ?? 0, $1) }
            )
        )
    }
}

// MARK: P5

extension NaiveMatching {
    private func looseRows() -> (ledger: [Int], partner: [Int]) {
        (
            ledger.indices.filter { ledgerState[$0] == .open && ledger[$0].window == .compared },
            partner.indices.filter {
                partnerState[$0] == .open && partner[$0].window == .compared
                    && partner[$0].transfer == 0
            }
        )
    }

    private mutating func matchBatches() {
        let loose = looseRows()
        let keys = Set(loose.ledger.map { [ledger[$0].batch, ledger[$0].unit] })
        for key in keys where key[0] != "" {
            let left = loose.ledger.filter { [ledger[$0].batch, ledger[$0].unit] == key }
            let right = loose.partner.filter { [partner[$0].batch, partner[$0].unit] == key }
            // All open rows of the batch, or else those that nothing ties.
            let free = left.filter { row in !ties.contains { $0.ledger.contains(row) } }
            let others = right.filter { row in !ties.contains { $0.partner.contains(row) } }
            for (left, right) in [(left, right), (free, others)]
            where min(left.count, right.count) == 1 {
                let sum = left.reduce(0) { $0 + ledger[$1].units }
                if sum == right.reduce(0, { $0 + partner[$1].units }) {
                    match("P5", left, right)
                    break
                }
            }
        }
    }

    private mutating func matchSums(_ key: (Entry) -> String?) {
        let loose = looseRows()
        func group(_ entry: Entry) -> String? {
            guard let key = key(entry), entry.day != nil, entry.units != 0 else { return nil }
            return "\(key) \(entry.event) \(entry.unit) \(entry.units.signum())"
        }
        let left = loose.ledger.filter { group(ledger[$0]) != nil }
        let right = loose.partner.filter { group(partner[$0]) != nil }
        // Sums that fit: rows of both sides, and whether they are the only ones.
        var sums: [(ledger: [Int], partner: [Int], isOnly: Bool)] = []
        for single in right {
            let pool = left.filter {
                group(ledger[$0]) == group(partner[single])
                    && areNear(ledger[$0], partner[single])
            }
            let found = subsets(pool.map { ledger[$0].units }, partner[single].units)
            if let sum = chosen(found, pool, { ledger[$0].units }, partner[single].units) {
                sums.append((sum.rows, [single], sum.isOnly))
            }
        }
        for single in left {
            let pool = right.filter {
                group(partner[$0]) == group(ledger[single])
                    && areNear(ledger[single], partner[$0])
            }
            let found = subsets(pool.map { partner[$0].units }, ledger[single].units)
            if let sum = chosen(found, pool, { partner[$0].units }, ledger[single].units) {
                sums.append(([single], sum.rows, sum.isOnly))
            }
        }
        for (place, sum) in sums.enumerated() where sum.isOnly {
            let isAlone = sums.indices.allSatisfy { other in
                other == place
                    || Set(sums[other].ledger).isDisjoint(with: sum.ledger)
                        && Set(sums[other].partner).isDisjoint(with: sum.partner)
            }
            if isAlone { match("P5", sum.ledger, sum.partner) }
        }
    }

    /// The places of smaller amounts that sum to a target, every way.
    private func subsets(_ amounts: [Int64], _ target: Int64) -> [[Int]] {
        guard 2...12 ~= amounts.count else { return [] }
        return (1..<1 << amounts.count).map { mask in
            amounts.indices.filter { mask >> $0 & 1 == 1 }
        }
        .filter { places in
            places.allSatisfy { amounts[$0].magnitude < target.magnitude }
                && places.reduce(0) { $0 + amounts[$1] } == target
        }
    }

    private func chosen(
        _ found: [[Int]],
        _ pool: [Int],
        _ units: (Int) -> Int64,
        _ target: Int64
    ) -> (rows: [Int], isOnly: Bool)? {
        if found.isEmpty { return nil }
        if found.count == 1 { return (found[0].map { pool[$0] }, true) }
        return (pool.filter { units($0).magnitude < target.magnitude }, false)
    }
}
