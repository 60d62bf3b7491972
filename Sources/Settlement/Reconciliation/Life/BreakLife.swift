/// The state machine of a break: the table of spec/28 §4.3 as a function.
///
/// An action leads from a state to one other, which a few facts choose where the table names
/// several; nil is an empty cell.
public enum BreakLife {
    /// What decides where the state alone does not.
    public struct Facts: Sendable, Hashable {
        /// The amount is above the one that two keys of each partner have to sign.
        public var needsSecond: Bool
        /// The amount that both signed is 0, so that there is nothing to adjust.
        public var owesNothing: Bool
        /// The state before the line that is taken back.
        public var before: BreakState

        /// Facts.
        public init(
            needsSecond: Bool = false,
            owesNothing: Bool = false,
            before: BreakState = .none
        ) {
            self.needsSecond = needsSecond
            self.owesNothing = owesNothing
            self.before = before
        }
    }

    /// The state after an action, or nil where it may not happen.
    public static func next(
        _ state: BreakState,
        _ action: BreakAction,
        _ facts: Facts
    ) -> BreakState? {
        switch (state, action) {
        case (.none, .open): .open
        case (.none, _): nil
        case (_, .comment), (_, .evidence): state
        case (_, .undo): undone(state).contains(facts.before) ? facts.before : nil
        case (.open, .assign), (.assigned, .assign): .assigned
        case (.open, .propose), (.assigned, .propose), (.proposing, .propose),
            (.proposed, .propose):
            facts.needsSecond ? .proposing : .proposed
        case (.proposing, .second): .proposed
        case (.proposed, .agree): facts.needsSecond ? .agreeing : .agreed
        case (.agreeing, .second): .agreed
        case (.agreed, .adjust): facts.owesNothing ? nil : .adjusted
        case (.disputed, .adjust): .adjusted
        case (.agreed, .close): facts.owesNothing ? .closed : nil
        case (.open, .close), (.assigned, .close), (.proposed, .close), (.adjusted, .close),
            (.disputed, .close):
            .closed
        case (.closed, .reopen): .open
        case (.open, .dispute), (.assigned, .dispute), (.proposed, .dispute), (.agreed, .dispute):
            .disputed
        default: nil
        }
    }

    /// The states that taking back the last line of a break may lead to.
    private static func undone(_ state: BreakState) -> [BreakState] {
        switch state {
        case .open: [.closed]
        case .assigned: [.open, .assigned]
        case .proposing, .proposed: [.open, .assigned, .proposing, .proposed]
        case .agreeing: [.proposed]
        case .closed: [.open, .assigned, .proposed, .agreed, .adjusted, .disputed]
        case .none, .agreed, .adjusted, .disputed: []
        }
    }
}
