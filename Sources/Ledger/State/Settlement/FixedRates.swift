public import Money
internal import Settlement
public import Signing

/// The rates that one fixing gives one agreement (spec/24 §2).
public struct FixedRates: Hashable, Sendable, Codable {
    /// The fixing, which transfers at these rates name.
    public internal(set) var fixing: Digest
    /// Units of `to` for one of `from`, if the ratio of the terms is a fixing.
    public let ratio: Rate?
    /// Minor units of the price currency for one unit, if the price of the terms is a fixing.
    public let price: Rate?
    /// The cut-off of the window at whose fix they were found.
    public let cutoff: Timestamp
}

/// Rates outside of the band, which hold once debtor and creditor accept them (S-46).
public struct WaitingRates: Hashable, Sendable, Codable {
    /// The rates.
    public let rates: FixedRates
    /// Who accepted them, in order.
    public internal(set) var signed: [String] = []
}

/// Rates that hold, or that items still name: a commit or a reversal may come.
struct KeptRates: Hashable, Sendable, Codable {
    let rates: FixedRates
    /// The last moment at which an item under them can be committed or reversed; nil while they
    /// hold.
    var until: Timestamp?
}

/// The rates of one agreement whose ratio or price is a fixing.
struct AgreementRates: Hashable, Sendable, Codable {
    /// The place of the agreement among all versions.
    let agreement: Int32
    /// What is kept, oldest first.
    var kept: [KeptRates] = []
    /// What waits for acceptance.
    var waiting: WaitingRates?

    /// The rates that hold, or nil before the first fixing.
    var current: FixedRates? {
        guard let last = kept.last, last.until == nil else { return nil }
        return last.rates
    }

    /// The kept rates of a fixing, or nil.
    ///
    /// Complexity: O(kept), from the newest.
    func rates(of fixing: Digest) -> FixedRates? {
        kept.last { $0.rates.fixing == fixing }?.rates
    }

    /// Lets rates hold from now on, after which the last ones are kept until a moment.
    mutating func hold(_ rates: FixedRates, lastUntil: Timestamp) {
        end(until: lastUntil)
        kept.append(KeptRates(rates: rates, until: nil))
    }

    /// Lets no rates hold any more; the last ones are kept until a moment.
    mutating func end(until: Timestamp) {
        guard let last = kept.indices.last, kept[last].until == nil else { return }
        kept[last].until = until
    }

    /// Forgets rates under which nothing can happen any more.
    mutating func drop(at time: Timestamp) {
        kept.removeAll { $0.until.map { $0 < time } ?? false }
    }
}
