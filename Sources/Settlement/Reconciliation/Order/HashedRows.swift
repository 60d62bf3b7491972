/// Numbers of rows by a hash of their keys: 32 bits of hash over 32 bits of row.
enum HashedRows {
    /// Below so many rows a comparing sort is quicker.
    private static let fewRows = 2_048
    private static let digitBits: UInt64 = 11
    private static let buckets = 2_048

    /// A row under its hash.
    static func pack(_ hash: UInt64, _ row: Int32) -> UInt64 {
        hash & 0xffff_ffff_0000_0000 | UInt64(UInt32(bitPattern: row))
    }

    /// The row of a packed number.
    static func row(_ packed: UInt64) -> Int32 {
        Int32(truncatingIfNeeded: packed)
    }

    /// Sorts by hash; rows of one hash keep their order, which has to rise.
    ///
    /// Complexity: O(n); three passes over digits of 11 bits.
    static func sort(_ rows: inout [UInt64]) {
        if rows.count < fewRows {
            rows.sort()
            return
        }
        var other = [UInt64](repeating: 0, count: rows.count)
        for shift: UInt64 in [31, 42, 53] {
            distribute(rows, into: &other, shift: shift)
            swap(&rows, &other)
        }
    }

    private static func distribute(_ rows: [UInt64], into other: inout [UInt64], shift: UInt64) {
        var starts = [Int](repeating: 0, count: buckets)
        for row in rows { starts[Int(row >> shift & 0x7ff)] += 1 }
        var sum = 0
        for bucket in 0..<buckets {
            let count = starts[bucket]
            starts[bucket] = sum
            sum += count
        }
        for row in rows {
            let bucket = Int(row >> shift & 0x7ff)
            other[starts[bucket]] = row
            starts[bucket] += 1
        }
    }
}
