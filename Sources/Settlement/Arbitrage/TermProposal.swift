/// What a proposed agreement would do to a network (S-61).
public struct TermProposal: Sendable {
    /// Cycles of 1 and more that the proposal makes or makes worse.
    public let cycles: [FoundCycle]
    /// Agreements that a way through the proposal pays better than.
    public let dominates: [Detour]
    /// The detours that pay better than the proposal.
    public let dominatedBy: [Detour]
    /// What members keep that go through the proposal and straight back.
    public let roundTrips: [RoundTrip]
    /// Whether all short cycles were looked at, and all else decided.
    public let isComplete: Bool
    /// The first programme of each component whose exact decision was cut off.
    public let undecided: [String]
    /// The check with the proposal.
    public let after: ArbitrageReport

    /// The cycles that gain.
    public var alarms: [FoundCycle] { cycles.filter(\.isAlarm) }

    /// Compares a set of edges with what it becomes.
    ///
    /// `proposed` are edges of the new agreement, `replaced` the ids of those that they end.
    public init(_ edges: [EdgeTerms], proposed: [EdgeTerms], replaced: [String] = []) {
        let kept = edges.filter { edge in
            !replaced.contains(edge.id) && !proposed.contains { $0.id == edge.id }
        }
        let ids = proposed.map(\.id)
        let after = ArbitrageReport(kept + proposed)
        let pairs = proposed.map { [$0.from, $0.to] }
        // An agreement beside a better one hides in the graph; among equals only it stands there.
        let alone = kept.filter { !pairs.contains([$0.from, $0.to]) } + proposed
        let only = alone.count == after.edgeCount ? after : ArbitrageReport(alone)
        cycles = only.cycles.filter { cycle in
            cycle.verdict != .loss && cycle.agreements.contains { ids.contains($0) }
        }
        dominates = after.detours.filter { detour in
            detour.route.contains { ids.contains($0) }
        }
        dominatedBy = only.detours.filter { ids.contains($0.agreement) }
        roundTrips = only.roundTrips.filter { trip in
            trip.agreements.contains { ids.contains($0) }
        }
        isComplete = only.isComplete && only.undecided.isEmpty
        undecided = only.undecided
        self.after = after
    }
}
