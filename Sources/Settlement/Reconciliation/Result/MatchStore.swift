/// All matches in few arrays, since a night has millions.
///
/// A side of a match is one number: a row, or −1 − g for group g of several rows.
struct MatchStore: Sendable, Hashable {
    /// One match.
    struct Record: Sendable, Hashable {
        var ledger: Int32
        var partner: Int32
        var compared: BookFieldSet
        var different: BookFieldSet
        var pass: MatchPass
    }

    /// The matches, in the order of their first row of the ledger.
    var records: [Record] = []
    /// Where each group of rows begins in `members`; one more than there are groups.
    private(set) var groupStarts: [Int32] = [0]
    /// The rows of all groups.
    private(set) var members: [Int32] = []

    /// The number that stands for rows, which rise; one row stands for itself.
    mutating func side(_ rows: some Collection<Int32>) -> Int32 {
        if rows.count == 1, let row = rows.first { return row }
        members.append(contentsOf: rows)
        groupStarts.append(Int32(members.count))
        return Int32(1 - groupStarts.count)
    }

    /// The rows that a number stands for; none for `none`.
    func rows(_ side: Int32) -> [Int] {
        if side == Self.none { return [] }
        if side >= 0 { return [Int(side)] }
        let group = Int(-1 - side)
        return members[Int(groupStarts[group])..<Int(groupStarts[group + 1])].map(Int.init)
    }

    /// No row.
    static let none = Int32.min
}
