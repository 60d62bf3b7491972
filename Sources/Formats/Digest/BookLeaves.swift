internal import Settlement
internal import Signing

/// The leaves of a digest, made of the rows of a book (spec/28 §1.1, §1.2).
///
/// Rows of one transfer usually stand together. So leaves are made of runs of rows, in their order,
/// and runs are then ordered by the hash of the name; where several have one name, wherever they
/// stood, the leaf is made anew of all of them.
struct BookLeaves {
    /// SHA-256 of the names, ascending.
    private(set) var keys: [Digest] = []
    /// The hashes of the leaves.
    private(set) var hashes: [Digest] = []
    /// The names.
    private(set) var names: [ItemName] = []
    /// The sums of each program, in the order of their names.
    var sums: [BookSum] { tally.sums }

    private var tally: BookTally

    /// Neighbouring rows of one transfer, and the leaf that they alone would make.
    private struct Run {
        let start: Int
        let end: Int
        let key: Digest
        let hash: Digest
    }

    /// The leaves of a book.
    ///
    /// Throws `rowUnnamed`, `identifier`, `number` or `tooLarge`, with file and line of the row.
    init(_ table: BookTable) throws(FormatError) {
        tally = BookTally(table)
        let runs = try readRuns(of: table)
        guard runs.count <= FormatLimits.digestLeafCount else {
            throw FormatError(
                .tooLarge,
                in: "books",
                "\(runs.count) transfers; a digest has at most \(FormatLimits.digestLeafCount)",
                wayOut: "reconcile a shorter window"
            )
        }
        var order = runs.enumerated().map { (word: $1.key.leadingWord, run: UInt32($0)) }
        order.sort { left, right in
            if left.word != right.word { return left.word < right.word }
            let keys = (runs[Int(left.run)].key, runs[Int(right.run)].key)
            return keys.0 == keys.1 ? left.run < right.run : keys.0 < keys.1
        }
        keys.reserveCapacity(runs.count)
        hashes.reserveCapacity(runs.count)
        names.reserveCapacity(runs.count)
        var position = 0
        while position < order.count {
            let run = runs[Int(order[position].run)]
            let start = position
            repeat {
                position += 1
            } while position < order.count
                && runs[Int(order[position].run)].key == run.key
            let name = Self.name(of: table.rows[run.start])
            keys.append(run.key)
            names.append(name)
            if position == start + 1 {
                hashes.append(run.hash)
            } else {
                let twins = order[start..<position].map { runs[Int($0.run)] }
                hashes.append(try merge(twins, name) ?? run.hash)
            }
        }
    }

    /// The leaf of a transfer whose rows stand apart.
    private mutating func merge(_ runs: [Run], _ name: ItemName) throws(FormatError) -> Digest? {
        for run in runs {
            for row in run.start..<run.end { try tally.add(row) }
        }
        return tally.takeLeaf(of: name, isCounted: true)
    }

    /// The name of the transfer of a row: a row without the number of an item is that of item 0.
    private static func name(of row: BookRow) -> ItemName {
        ItemName(
            transfer: row.transfer,
            item: row.item == BookRow.noItem ? 0 : row.item
        )
    }

    /// The runs of rows that count and in which something happened.
    private mutating func readRuns(of table: BookTable) throws(FormatError) -> [Run] {
        var runs: [Run] = []
        runs.reserveCapacity(table.rows.count / 2)
        var start = 0
        while start < table.rows.count {
            guard BookTally.counts(table.rows[start]) else {
                start += 1
                continue
            }
            let name = Self.name(of: table.rows[start])
            guard name.transfer != 0 else { throw Self.unnamed(table.rows[start], table) }
            var end = start
            while end < table.rows.count, BookTally.counts(table.rows[end]),
                Self.name(of: table.rows[end]) == name
            {
                try tally.add(end)
                end += 1
            }
            if let hash = tally.takeLeaf(of: name) {
                runs.append(Run(start: start, end: end, key: name.key, hash: hash))
            }
            start = end
        }
        return runs
    }

    private static func unnamed(_ row: BookRow, _ table: BookTable) -> FormatError {
        FormatError(
            .rowUnnamed,
            in: BookTally.file(of: row, table),
            line: Int(clamping: row.place),
            "the row has no transfer id, so it has no name that the other side knows",
            wayOut:
                "let the mapping read the transfer id, or match the books first and correct them"
        )
    }
}
