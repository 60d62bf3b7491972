/// The state machine of a settlement: the table of spec/20 §7.1 as a function.
///
/// An event leads from a state to one other, which a few facts choose where the table names
/// several; nil is an empty cell, refused as `WrongState`.
public enum SettlementLife {
    /// What an event would leave, where the state alone does not decide.
    public struct Facts: Sendable, Hashable {
        /// An objection above the threshold waits for the one recalculation.
        public var isRecalculationDue: Bool
        /// A leg is open after the event.
        public var hasOpenLegs: Bool
        /// A default was claimed in the settlement.
        public var hasClaim: Bool
        /// Money that came in is not returned yet.
        public var holdsMoney: Bool

        /// Facts.
        public init(
            isRecalculationDue: Bool = false,
            hasOpenLegs: Bool = false,
            hasClaim: Bool = false,
            holdsMoney: Bool = false
        ) {
            self.isRecalculationDue = isRecalculationDue
            self.hasOpenLegs = hasOpenLegs
            self.hasClaim = hasClaim
            self.holdsMoney = holdsMoney
        }
    }

    /// The state after an event, or nil where the event may not happen.
    public static func next(
        _ state: SettlementState,
        _ event: SettlementEvent,
        _ facts: Facts
    ) -> SettlementState? {
        switch (state, event) {
        case (.none, .calculate), (.aborted, .calculate): .calculated
        case (.calculated, .advise): .advised
        case (.calculated, .abort), (.advised, .abort): .aborted
        case (.advised, .calculate): facts.isRecalculationDue ? .calculated : nil
        case (.advised, .confirm), (.advised, .object): .advised
        case (.advised, .collect): facts.hasOpenLegs ? .collecting : .settled
        case (.collecting, .paid), (.collecting, .claimOpen): .collecting
        case (.collecting, .commit), (.committed, .paid): end(facts)
        case (.collecting, .abort):
            facts.hasClaim ? nil : facts.holdsMoney ? .refunding : .aborted
        case (.committed, .acknowledge): .committed
        case (.refunding, .paid): facts.holdsMoney ? .refunding : .aborted
        case (.settled, .acknowledge): .settled
        case (.partlySettled, .acknowledge): .partlySettled
        default: nil
        }
    }

    /// Where a committed settlement stands.
    private static func end(_ facts: Facts) -> SettlementState {
        if facts.hasOpenLegs { return .committed }
        return facts.hasClaim ? .partlySettled : .settled
    }
}
