public import Settlement

extension JournalAct {
    /// The action on a break, or nil for the first two lines.
    public var action: BreakAction? {
        switch self {
        case .begin, .join: nil
        case .open: .open
        case .assign: .assign
        case .propose: .propose
        case .second: .second
        case .agree: .agree
        case .adjust: .adjust
        case .close: .close
        case .reopen: .reopen
        case .undo: .undo
        case .comment: .comment
        case .evidence: .evidence
        case .dispute: .dispute
        }
    }
}
