/// A cut of parties whose amounts sum to 0 into as many groups as can be that each sum to 0.
///
/// Sets of parties are bit masks. For each set, `most` is the greatest number of groups that one
/// meets when its parties are taken up one by one and a group is closed whenever the sum is 0; for
/// sets that sum to 0 this is the greatest number of groups of a cut.
struct ExactPartition {
    /// The groups in their order, each by name.
    let groups: [[PaymentPlan.Due]]

    /// The first of all greatest cuts, as `PaymentPlan.Mode.exact` orders them.
    ///
    /// Parties come by name, none with 0. Complexity: O(n 2^n) time and 17 bytes × 2^n of memory.
    /// - Throws: `tooManyForExactPlan`.
    init(_ dues: [PaymentPlan.Due]) throws(SettlementError) {
        guard dues.count <= SettlementLimits.exactPlan else {
            throw .tooManyForExactPlan(count: dues.count, limit: SettlementLimits.exactPlan)
        }
        let sums = Self.sums(dues.map(\.minorUnits))
        let most = Self.most(sums, count: dues.count)
        var groups: [[PaymentPlan.Due]] = []
        var rest = sums.count - 1
        while rest != 0 {
            let group = Self.firstGroup(of: rest, sums, most)
            groups.append(dues.indices.filter { group >> $0 & 1 == 1 }.map { dues[$0] })
            rest ^= group
        }
        self.groups = groups
    }

    /// The sum of every set.
    private static func sums(_ amounts: [Int128]) -> [Int128] {
        var sums = Array(repeating: Int128(0), count: 1 << amounts.count)
        for (place, amount) in amounts.enumerated() {
            for mask in 0..<(1 << place) { sums[mask | 1 << place] = sums[mask] + amount }
        }
        return sums
    }

    private static func most(_ sums: [Int128], count: Int) -> [UInt8] {
        var most = Array(repeating: UInt8(0), count: sums.count)
        for mask in 1..<max(1, sums.count) {
            var best: UInt8 = 0
            var bits = mask
            while bits != 0 {
                best = max(best, most[mask & ~(bits & -bits)])
                bits &= bits - 1
            }
            most[mask] = sums[mask] == 0 ? best + 1 : best
        }
        return most
    }

    /// The first group of a greatest cut of a set: it has the first party, sums to 0, and leaves a
    /// set that can be cut into one group less.
    private static func firstGroup(of set: Int, _ sums: [Int128], _ most: [UInt8]) -> Int {
        let first = set & -set
        let others = set ^ first
        var best = 0
        var subset = others
        while true {
            let group = subset | first
            if sums[group] == 0, most[set ^ group] + 1 == most[set] {
                // Of two groups the one comes first that has the lowest number in which they
                // differ: neither is part of the other, or its rest would be a group more.
                let difference = group ^ best
                if best == 0 || difference & -difference & group != 0 { best = group }
            }
            guard subset != 0 else { return best == 0 ? set : best }
            subset = (subset - 1) & others
        }
    }
}
