internal import Money
public import Signing

/// One version of an agreement and its life (spec/09 §1).
public struct AgreementVersion: Sendable, Codable {
    /// The terms hash.
    public let hash: Digest
    /// What was agreed.
    public let terms: Terms
    /// The position of the proposal.
    public let proposedAt: UInt64
    let acceptBy: Timestamp
    let supersedes: Digest?
    /// The parties that signed, in order.
    public internal(set) var signed: [String]
    /// The position at which it bound, or nil.
    public internal(set) var boundAt: UInt64?
    /// The moment from which a newer version holds.
    public internal(set) var supersededFrom: Timestamp?
    /// The moment from which it is terminated.
    public internal(set) var terminatedFrom: Timestamp?
    var plan: Plan?

    /// The first moment at which it can no longer be used, or nil.
    public var end: Timestamp? {
        Self.earlier(Self.earlier(terms.validTo, supersededFrom), terminatedFrom)
    }

    private static func earlier(_ left: Timestamp?, _ right: Timestamp?) -> Timestamp? {
        guard let left, let right else { return left ?? right }
        return min(left, right)
    }

    /// Requires that transfers may use it at a moment, through a channel.
    func checkUsable(at time: Timestamp, channel: String?) throws(Fault) {
        guard boundAt != nil else {
            throw Fault(.agreementNotBound, at: "terms", "not every party has accepted it")
        }
        guard terms.validFrom <= time else {
            throw Fault(.agreementNotYetValid, at: "terms", "it holds from \(terms.validFrom)")
        }
        if let end, end <= time {
            throw Fault(.agreementNoLongerValid, at: "terms", "it ended at \(end)")
        }
        guard terms.channels.isEmpty == (channel == nil) else {
            let names = terms.channels.map(\.channel).joined(separator: ", ")
            throw Fault(
                .unknownChannel,
                at: "channel",
                names.isEmpty ? "the terms have no channels" : "one of \(names) is due"
            )
        }
        guard let channel else { return }
        guard let row = terms.channels.first(where: { $0.channel == channel }) else {
            throw Fault(.unknownChannel, at: "channel", "the terms have no channel \(channel)")
        }
        guard row.validFrom <= time else {
            throw Fault(
                .agreementNotYetValid,
                at: "channel",
                "this channel holds from \(row.validFrom)"
            )
        }
        if let end = row.validTo, end <= time {
            throw Fault(.agreementNoLongerValid, at: "channel", "this channel ended at \(end)")
        }
    }
}

/// What the rules need of a bound agreement, looked up once when it binds.
struct Plan: Sendable, Codable {
    /// A bonus: its places of counting and its funders' exposures.
    struct BonusPlan: Sendable, Codable {
        let group: Int32?
        let onceKind: Int32?
        let placesKind: Int32?
        let placesTotal: Int32?
        /// The price of a unit; nil where it is a fixing that is not filled in.
        var price: Rate?
        let funders: [Int32]
        let funderAccounts: [Int32]
    }

    /// A cap: its group in the terms and its place of counting.
    struct CapPlan: Sendable, Codable {
        let group: Int32?
        let kind: Int32?
    }

    let debtor: Int32
    let creditor: Int32
    let pair: UInt32
    /// The exposure of the debt; nil within one partner.
    let exposure: Int32?
    /// The account of units and bonuses; it is there where the exposure is.
    let account: Int32?
    /// The exposure the other way round, if it offsets.
    let offset: Int32?
    /// The price of a unit; nil within one partner, and where it is a fixing that is not filled in.
    var price: Rate?
    var bonuses: [BonusPlan]
    let caps: [CapPlan]
    /// The exposure of each fee; nil where the member pays.
    let fees: [Int32?]
    /// The account of each fee, there where its exposure is.
    let feeAccounts: [Int32?]
    let referenceKind: Int32?
    /// Whether grants are kept for reversals.
    let keepsGrants: Bool
    /// The place of its rates, if ratio or price is a fixing.
    var fixing: Int32?
}

/// What moved under one agreement version since it bound: units, never rounded.
struct Totals: Sendable, Hashable, Codable {
    /// Posted items and their units.
    var items: Int64 = 0
    var debit: Int64 = 0
    var credit: Int64 = 0
    var bonus: Int64 = 0
    /// Items that wait, and their units.
    var heldItems: Int64 = 0
    var heldDebit: Int64 = 0
    var heldCredit: Int64 = 0
    var heldBonus: Int64 = 0
    /// Units that each funder took, in the order of the terms.
    var funded: [Int64] = []
    var reversedItems: Int64 = 0
}
