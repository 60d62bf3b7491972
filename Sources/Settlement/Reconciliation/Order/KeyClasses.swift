/// A key by which rows of both sides are brought together.
///
/// An entry is a row, or whatever number the key makes of one.
protocol RowKey {
    /// A number that entries of equal keys share; nil for an entry without key.
    ///
    /// Such an entry takes no part.
    func hash(_ entry: Int32, of side: Side) -> UInt64?
    /// The order of the keys of two entries: negative, 0 or positive.
    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int
}

/// The entries of both sides that share a key, class by class.
///
/// Classes come in an order that depends on keys alone; entries of a class rise.
struct KeyClasses<Key: RowKey> {
    private let key: Key
    private var ledger: [UInt64]
    private var partner: [UInt64]

    /// The classes of entries, which rise.
    ///
    /// Complexity: O(n), and O(n log n) where hashes are equal and keys are not.
    init(_ key: Key, ledger: some Sequence<Int32>, partner: some Sequence<Int32>) {
        self.key = key
        self.ledger = Self.hashed(ledger, of: .ledger, key)
        self.partner = Self.hashed(partner, of: .partner, key)
    }

    private static func hashed(
        _ entries: some Sequence<Int32>,
        of side: Side,
        _ key: Key
    ) -> [UInt64] {
        var packed: [UInt64] = []
        packed.reserveCapacity(entries.underestimatedCount)
        for entry in entries {
            if let hash = key.hash(entry, of: side) { packed.append(HashedRows.pack(hash, entry)) }
        }
        HashedRows.sort(&packed)
        return packed
    }

    /// Gives the entries of every class that has some on both sides.
    func forEach(_ body: (_ ledger: [Int32], _ partner: [Int32]) -> Void) {
        var left = 0
        var right = 0
        var ledgerRun: [Int32] = []
        var partnerRun: [Int32] = []
        while left < ledger.count, right < partner.count {
            let hash = ledger[left] >> 32
            let twin = partner[right] >> 32
            if hash < twin {
                left += 1
                continue
            }
            if twin < hash {
                right += 1
                continue
            }
            Self.take(&left, of: ledger, hash, into: &ledgerRun)
            Self.take(&right, of: partner, hash, into: &partnerRun)
            split(&ledgerRun, &partnerRun, body)
        }
    }

    private static func take(
        _ place: inout Int,
        of packed: [UInt64],
        _ hash: UInt64,
        into run: inout [Int32]
    ) {
        run.removeAll(keepingCapacity: true)
        while place < packed.count, packed[place] >> 32 == hash {
            run.append(HashedRows.row(packed[place]))
            place += 1
        }
    }

    /// Gives the classes of entries that share a hash.
    private func split(
        _ ledgerRun: inout [Int32],
        _ partnerRun: inout [Int32],
        _ body: (_ ledger: [Int32], _ partner: [Int32]) -> Void
    ) {
        if isOneKey(partnerRun[...], .partner, ledgerRun[0], .ledger),
            isOneKey(ledgerRun.dropFirst(), .ledger, ledgerRun[0], .ledger)
        {
            body(ledgerRun, partnerRun)
            return
        }
        sort(&ledgerRun, of: .ledger)
        sort(&partnerRun, of: .partner)
        var left = 0
        var right = 0
        while left < ledgerRun.count, right < partnerRun.count {
            let order = key.compare(ledgerRun[left], of: .ledger, partnerRun[right], of: .partner)
            if order < 0 {
                left += 1
            } else if order > 0 {
                right += 1
            } else {
                let ledgerEnd = end(of: left, in: ledgerRun, .ledger)
                let partnerEnd = end(of: right, in: partnerRun, .partner)
                body(Array(ledgerRun[left..<ledgerEnd]), Array(partnerRun[right..<partnerEnd]))
                left = ledgerEnd
                right = partnerEnd
            }
        }
    }

    private func isOneKey(
        _ run: ArraySlice<Int32>,
        _ side: Side,
        _ entry: Int32,
        _ other: Side
    ) -> Bool {
        run.allSatisfy { key.compare($0, of: side, entry, of: other) == 0 }
    }

    private func sort(_ run: inout [Int32], of side: Side) {
        run.sort { left, right in
            let order = key.compare(left, of: side, right, of: side)
            return order == 0 ? left < right : order < 0
        }
    }

    private func end(of start: Int, in run: [Int32], _ side: Side) -> Int {
        var end = start + 1
        while end < run.count, key.compare(run[start], of: side, run[end], of: side) == 0 {
            end += 1
        }
        return end
    }
}
