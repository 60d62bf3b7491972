/// What a network does about arbitrage (S-62).
public enum ArbitragePolicy: String, Sendable, CaseIterable {
    /// An alarm forbids the term.
    case block
    /// An alarm is shown.
    case warn
    /// An alarm needs the signature of each programme on its way that is no party to the term.
    case countersign

    /// Whether a report stands in the way: an alarm, or a component that could not be decided.
    public func forbids(alarms: Int, undecided: Int) -> Bool {
        self == .block && alarms + undecided > 0
    }
}
