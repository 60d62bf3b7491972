public import Money

/// What moved under an agreement in some time, usually 28 days.
public struct AgreementFlow: Hashable, Sendable {
    /// The agreement's id.
    public let agreement: String
    /// Where units came from.
    public let from: String
    /// Where units arrived.
    public let to: String
    /// Units debited.
    public let debit: Int64
    /// Units credited, with bonuses.
    public let credit: Int64

    /// A flow; nil when a number is negative or above 2^53 − 1.
    public init?(agreement: String, from: String, to: String, debit: Int64, credit: Int64) {
        guard (0...EdgeTerms.limit).contains(debit), (0...EdgeTerms.limit).contains(credit) else {
            return nil
        }
        self.agreement = agreement
        self.from = from
        self.to = to
        self.debit = debit
        self.credit = credit
    }
}

/// What a unit of a programme is worth.
public struct UnitWorth: Hashable, Sendable {
    /// The currency.
    public let currency: Currency
    /// Minor units per unit.
    public let rate: Rate

    /// A worth.
    public init(currency: Currency, rate: Rate) {
        self.currency = currency
        self.rate = rate
    }
}

/// Past flows re-run under a proposal: each takes the way that now pays best (S-61 d).
public struct ProjectedDrain: Sendable {
    /// One flow and what becomes of it.
    public struct Line: Hashable, Sendable {
        /// The flow.
        public let flow: AgreementFlow
        /// The agreements of the way that it takes now.
        public let route: [String]
        /// Units that arrive.
        public let credit: Int128
        /// Units more than before; negative when fewer arrive.
        public let extra: Int128
        /// What the extra units are worth, rounded half-even; nil where no worth is known.
        public let worth: Int128?
        /// The currency of the worth.
        public let currency: Currency?
    }

    /// Flows whose way or whose outcome changes, the largest extra first.
    public let lines: [Line]

    /// Re-runs flows.
    ///
    /// A flow takes the best way of at most three conversions through the proposal, if that pays
    /// more than before; a flow under a replaced agreement takes the best that is left.
    public init(
        _ flows: [AgreementFlow],
        proposal: TermProposal,
        proposed: [EdgeTerms],
        replaced: [String],
        worth: (String) -> UnitWorth?
    ) {
        let report = proposal.after
        let graph = report.graph
        let ids = proposed.map(\.id)
        var ways: [Int: [(edge: Int, path: [Int])]] = [:]
        var lines: [Line] = []
        for flow in flows where flow.debit > 0 {
            guard let from = graph.names.firstIndex(of: flow.from),
                let to = graph.names.firstIndex(of: flow.to),
                let direct = graph.edge(from: from, to: to)
            else { continue }
            if ways[from] == nil { ways[from] = DetourSearch(graph).detours(from: from) }
            let detour = ways[from]?.first { $0.edge == direct }?.path
            let best = [[direct], detour].compactMap { $0 }.max { left, right in
                graph.product(left) < graph.product(right)
            }
            guard let best else { continue }
            let route = best.map { report.edges[graph.edges[$0].place].terms.id }
            let uses = route.contains { ids.contains($0) }
            guard uses || replaced.contains(flow.agreement) else { continue }
            let units = graph.product(best) * ExactRatio(Int128(flow.debit), 1)
            guard let credit = units.wholePart else { continue }
            let extra = credit - Int128(flow.credit)
            let isMoved = !replaced.contains(flow.agreement)
            if isMoved, extra <= 0 { continue }
            lines.append(Self.line(flow, route, credit, extra, worth(flow.to)))
        }
        self.lines = lines.sorted {
            $0.extra != $1.extra
                ? $0.extra > $1.extra : $0.flow.agreement < $1.flow.agreement
        }
    }

    private static func line(
        _ flow: AgreementFlow,
        _ route: [String],
        _ credit: Int128,
        _ extra: Int128,
        _ worth: UnitWorth?
    ) -> Line {
        let amount = worth.flatMap { worth -> Int128? in
            let (product, overflow) = extra.multipliedReportingOverflow(
                by: Int128(worth.rate.numerator)
            )
            if overflow { return nil }
            return product.divided(by: Int128(worth.rate.denominator), rounding: .halfEven)
        }
        return Line(
            flow: flow,
            route: route,
            credit: credit,
            extra: extra,
            worth: amount,
            currency: worth?.currency
        )
    }
}
