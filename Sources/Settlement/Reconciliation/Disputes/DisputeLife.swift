/// The state machine of a dispute: the table of spec/29 §3 as a function.
///
/// An event leads from a state to one other, which a fact chooses where the table names several;
/// nil is an empty cell, refused as `WrongState`. Time leads nowhere: limits of time are shown, and
/// block nothing.
public enum DisputeLife {
    /// After so many rejections nothing is restated any more.
    public static let rejections: Int64 = 3

    /// What an event would leave, where the state alone does not decide.
    public struct Facts: Sendable, Hashable {
        /// It is rejected for the last time.
        public var isLastRejection: Bool
        /// Nothing of it is left to adjust.
        public var isCovered: Bool

        /// Facts.
        public init(isLastRejection: Bool = false, isCovered: Bool = false) {
            self.isLastRejection = isLastRejection
            self.isCovered = isCovered
        }
    }

    /// The state after an event, or nil where the event may not happen.
    public static func next(
        _ state: DisputeState,
        _ event: DisputeEvent,
        _ facts: Facts
    ) -> DisputeState? {
        switch (state, event) {
        case (.none, .open): .open
        case (.open, .reject): facts.isLastRejection ? .arbitration : .rejected
        case (.rejected, .restate): .open
        case (.open, .accept), (.rejected, .accept), (.arbitration, .accept): .accepted
        case (.accepted, .adjust), (.arbitration, .adjust): facts.isCovered ? .adjusted : state
        case (.open, .withdraw), (.rejected, .withdraw), (.arbitration, .withdraw),
            (.accepted, .withdraw):
            .withdrawn
        default: nil
        }
    }
}
