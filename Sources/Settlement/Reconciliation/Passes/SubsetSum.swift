/// Which of a few amounts sum to a target (P5).
///
/// Both halves of the amounts give sorted lists of sums; one list is walked up while the other is
/// walked down, so that 12 amounts take some hundred steps instead of 4,096.
struct SubsetSum {
    /// What was found.
    enum Answer: Equatable {
        case none
        /// One way alone: a bit for each amount.
        case only(UInt32)
        case several
    }

    private struct Sum {
        let sum: UInt64
        let mask: UInt32
    }

    private var lower: [Sum] = []
    private var upper: [Sum] = []
    private var merged: [Sum] = []

    /// Looks for the amounts, each below the target, that sum to it.
    ///
    /// Complexity: O(2^(n/2)).
    mutating func find(_ target: UInt64, among amounts: [UInt64]) -> Answer {
        let half = amounts.count / 2
        sums(of: amounts[..<half], upTo: target, into: \.lower)
        sums(of: amounts[half...], upTo: target, into: \.upper)
        var answer = Answer.none
        var high = upper.count - 1
        for low in lower {
            while high >= 0, upper[high].sum > target - low.sum { high -= 1 }
            var place = high
            while place >= 0, upper[place].sum == target - low.sum {
                if answer != .none { return .several }
                answer = .only(low.mask | upper[place].mask)
                place -= 1
            }
        }
        return answer
    }

    /// All sums of some amounts up to a target, rising.
    private mutating func sums(
        of amounts: ArraySlice<UInt64>,
        upTo target: UInt64,
        into list: WritableKeyPath<SubsetSum, [Sum]>
    ) {
        var sums = [Sum(sum: 0, mask: 0)]
        for place in amounts.indices {
            let amount = amounts[place]
            merged.removeAll(keepingCapacity: true)
            var old = 0
            for sum in sums {
                let (more, overflow) = sum.sum.addingReportingOverflow(amount)
                if overflow || more > target { break }
                while old < sums.count, sums[old].sum <= more {
                    merged.append(sums[old])
                    old += 1
                }
                merged.append(Sum(sum: more, mask: sum.mask | 1 << UInt32(place)))
            }
            merged.append(contentsOf: sums[old...])
            swap(&sums, &merged)
        }
        self[keyPath: list] = sums
    }
}
