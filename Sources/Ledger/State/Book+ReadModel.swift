public import Money
public import Signing

/// Who owes whom how much, as people read it.
public struct PositionLine: Sendable, Hashable {
    /// The slug of the partner that owes.
    public let debtor: String
    /// The slug of the partner that is owed; `operator` for the network's fee.
    public let creditor: String
    /// The currency of all amounts.
    public let currency: Currency
    /// Minor units posted, exact value rounded half-even.
    public let posted: Int128
    /// Minor units that holds reserve, rounded up.
    public let held: Int128
    /// The largest credit line of the pair's agreements in this currency that bind, or nil for
    /// fees.
    public let creditLine: Int64?
}

/// An agreement version with what moved under it.
public struct AgreementLine: Sendable {
    /// The version.
    public let version: AgreementVersion
    /// Posted items.
    public let items: Int64
    /// Units consumed by them.
    public let debit: Int64
    /// Base units credited by them.
    public let credit: Int64
    /// Further units credited by them.
    public let bonus: Int64
    /// Items that wait for their creditor.
    public let heldItems: Int64
}

/// What the state says, for people and programs; nothing here changes anything.
extension Book {
    /// All partners in the order of their invitation.
    public var partners: [Partner] { registry.partners }
    /// Whether the genesis lets everybody read entry bundles.
    public var publicEntries: Bool { registry.publicEntries }
    /// The network's settlement currencies.
    public var currencies: [Currency] { registry.currencies }

    /// A program, or nil.
    public func program(_ id: String) -> Program? { registry.programs[id] }

    /// All programs, ordered by id.
    public var programs: [Program] {
        registry.programs.sortedNames.compactMap { registry.programs[$0] }
    }

    /// All published rates, ordered by program, then in the order of their publication.
    public var rates: [PublishedRate] {
        registry.programs.sortedNames.flatMap { registry.rates[$0] ?? [] }
    }

    /// The agreement version of a terms hash, or nil.
    public func agreement(_ hash: Digest) -> AgreementVersion? { registry.agreement(hash) }

    /// All agreement versions in the order of their proposal.
    public var agreements: [AgreementLine] {
        registry.agreements.enumerated().map { place, version in
            let total = totals[place]
            return AgreementLine(
                version: version,
                items: total.items,
                debit: total.debit,
                credit: total.credit,
                bonus: total.bonus,
                heldItems: total.heldItems
            )
        }
    }

    /// All positions that are not zero, in the order in which they came up.
    public var positions: [PositionLine] {
        exposures.list.compactMap { exposure in
            guard exposure.posted != 0 || exposure.held != 0 else { return nil }
            let denominator = Int128(exposure.denominator)
            return PositionLine(
                debtor: registry.name(of: exposure.debtor),
                creditor: registry.name(of: exposure.creditor),
                currency: exposure.currency,
                posted: exposure.posted.divided(by: denominator, rounding: .halfEven),
                held: exposure.held.divided(by: denominator, rounding: .ceiling),
                creditLine: creditLine(of: exposure)
            )
        }
    }

    /// How many counters, members and held items the state keeps.
    public var counts: (counters: Int, members: Int, holds: Int) {
        (
            counters.table.liveCount, members.table.liveCount,
            holds.sorted.reduce(0) { $0 + $1.items.count }
        )
    }

    private func creditLine(of exposure: Exposure) -> Int64? {
        let lines = registry.agreements.compactMap { version -> Int64? in
            guard let plan = version.plan, plan.debtor == exposure.debtor,
                plan.creditor == exposure.creditor,
                let settlement = version.terms.settlement,
                settlement.priceCurrency == exposure.currency
            else { return nil }
            return settlement.creditLine
        }
        return lines.max()
    }
}

extension Terms {
    /// The debtor's slug.
    public var debtorName: String { debtor }
    /// The creditor's slug.
    public var creditorName: String { creditor }
    /// The source program, or the currency.
    public var fromText: String { from.text }
    /// The target program, or the currency.
    public var toText: String { to.text }
    /// Whether an accepted item waits for its creditor.
    public var isHeld: Bool { finality == .creditor }
    /// The first moment at which the terms hold.
    public var start: Timestamp { validFrom }
}
