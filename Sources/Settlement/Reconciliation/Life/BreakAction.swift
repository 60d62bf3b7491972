/// What a partner does about a break, by the actions of a journal (R-23, spec/28 §4.2).
public enum BreakAction: String, Sendable, Hashable, CaseIterable {
    case open, assign, propose, second, agree, adjust, close, reopen, undo, comment, evidence
    case dispute
}
