/// Which open rows are copies of one another: rows of one side that state the same (spec/27 §1).
///
/// Copies are told apart by place alone, so it does not matter which of them is matched; the first
/// stands for all.
struct Copies: Sendable {
    /// The first row of each set of copies of the ledger, rising.
    let ledgerHeads: [Int32]
    /// The first row of each set of copies of the partner, rising.
    let partnerHeads: [Int32]
    private let ledgerNext: [Int32]
    private let partnerNext: [Int32]

    private static let end: Int32 = -1

    /// The copies among the rows that are open.
    ///
    /// Complexity: O(n), and O(n log n) for rows whose hashes are equal.
    init(of matcher: Matcher) {
        (ledgerHeads, ledgerNext) = Self.chains(matcher.books, .ledger, matcher.ledgerMate)
        (partnerHeads, partnerNext) = Self.chains(matcher.books, .partner, matcher.partnerMate)
    }

    /// The copies that a first row stands for, itself included, rising.
    func rows(_ head: Int32, of side: Side) -> [Int32] {
        rows([head], of: side)
    }

    /// The copies that first rows stand for, themselves included, set after set.
    func rows(_ heads: [Int32], of side: Side) -> [Int32] {
        expanded(heads, of: side) { _, row in row }
    }

    /// First rows, each as often as it has copies, itself included.
    func heads(_ heads: [Int32], of side: Side) -> [Int32] {
        expanded(heads, of: side) { head, _ in head }
    }

    /// Whether a first row has copies.
    func hasCopies(_ head: Int32, of side: Side) -> Bool {
        (side == .ledger ? ledgerNext[Int(head)] : partnerNext[Int(head)]) != Self.end
    }

    private func expanded(
        _ heads: [Int32],
        of side: Side,
        _ choice: (_ head: Int32, _ row: Int32) -> Int32
    ) -> [Int32] {
        let next = side == .ledger ? ledgerNext : partnerNext
        var rows: [Int32] = []
        rows.reserveCapacity(heads.count)
        for head in heads {
            var row = head
            while row != Self.end {
                rows.append(choice(head, row))
                row = next[Int(row)]
            }
        }
        return rows
    }

    private static func chains(
        _ books: BookPair,
        _ side: Side,
        _ mates: [Int32]
    ) -> (heads: [Int32], next: [Int32]) {
        var packed: [UInt64] = []
        for row in mates.indices where mates[row] == Matcher.open {
            packed.append(HashedRows.pack(books.contentHash(Int32(row), of: side), Int32(row)))
        }
        HashedRows.sort(&packed)
        var next = [Int32](repeating: end, count: mates.count)
        var heads: [Int32] = []
        heads.reserveCapacity(packed.count)
        var start = 0
        while start < packed.count {
            var stop = start + 1
            while stop < packed.count, packed[stop] >> 32 == packed[start] >> 32 { stop += 1 }
            var run = packed[start..<stop].map(HashedRows.row)
            link(&run, books, side, &next, &heads)
            start = stop
        }
        heads.sort()
        return (heads, next)
    }

    /// Links the copies among rows of one hash.
    private static func link(
        _ run: inout [Int32],
        _ books: BookPair,
        _ side: Side,
        _ next: inout [Int32],
        _ heads: inout [Int32]
    ) {
        let areCopies = run.dropFirst().allSatisfy {
            books.compareContent(run[0], $0, of: side) == 0
        }
        if areCopies {
            heads.append(run[0])
            for place in run.indices.dropFirst() { next[Int(run[place - 1])] = run[place] }
            return
        }
        if run.count > 1 {
            run.sort { left, right in
                let order = books.compareContent(left, right, of: side)
                return order == 0 ? left < right : order < 0
            }
        }
        heads.append(run[0])
        for place in run.indices.dropFirst() {
            let isCopy = books.compareContent(run[place - 1], run[place], of: side) == 0
            if isCopy { next[Int(run[place - 1])] = run[place] } else { heads.append(run[place]) }
        }
    }
}
