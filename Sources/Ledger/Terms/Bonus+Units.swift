internal import Money
internal import Signing

extension Bonus {
    /// What a bonus is judged by.
    struct Circumstances {
        /// Units offered.
        var amount: Int64
        /// Base units credited.
        var base: Int64
        /// The tier and the product that the facts name.
        var tier: String?
        var product: String?
        /// The moments of which one must lie in the validity of a requested bonus: the time of the
        /// transfer.
        var requested: Timestamp
        /// The first and the last moment at which the item may be posted.
        var posted: ClosedRange<Timestamp>
    }

    /// Whether validity, facts and threshold allow it; whether the member had it before is judged
    /// elsewhere.
    func applies(_ now: Circumstances) -> Bool {
        let moments = basis == .requested ? now.requested...now.requested : now.posted
        if let validFrom, moments.upperBound < validFrom { return false }
        if let validTo, moments.lowerBound >= validTo { return false }
        if !tiers.isEmpty, !tiers.contains(now.tier ?? "") { return false }
        if !products.isEmpty, !products.contains(now.product ?? "") { return false }
        return measure(now) >= threshold
    }

    /// Its units, 0 or more.
    func units(_ now: Circumstances) throws(Fault) -> Int64 {
        let exact: Int128
        switch kind {
        case .perBlock: exact = Int128(measure(now) / threshold) * Int128(amount)
        case .percentOfBase: exact = percent?.floor(of: now.base) ?? 0
        case .once: exact = Int128(amount)
        }
        guard exact <= Int128(JSONReader.numberLimit) else {
            throw Fault(.amountRange, at: "bonus", "the bonus passes 9007199254740991 units")
        }
        return Int64(exact)
    }

    private func measure(_ now: Circumstances) -> Int64 {
        thresholdUnit == .source ? now.amount : now.base
    }
}
