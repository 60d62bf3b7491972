public import Settlement
public import Signing

/// A break as the lines of a journal left it (spec/28 §4.3).
public struct JournalBreak: Sendable {
    /// What a line changes, and what taking it back restores.
    public struct Standing: Hashable, Sendable {
        /// Where it stands.
        public var state = BreakState.none
        /// The desk that sees to it.
        public var desk: Slug?
        /// What was proposed last.
        public var proposal: SignedProposal?
        /// The entry of the adjustment.
        public var adjustment: UInt64?
        /// The entry of the dispute.
        public var dispute: UInt64?
    }

    /// A proposal with who made it, and by which line.
    public struct SignedProposal: Hashable, Sendable {
        /// Who pays what.
        public let terms: JournalAct.Proposal
        /// Who proposed it.
        public let partner: Slug
        /// The digest of its line.
        public let line: Digest
        /// Whether two keys of each partner sign it.
        public let needsSecond: Bool
    }

    /// A line that changed the state.
    struct Step: Sendable {
        let line: Digest
        let partner: Slug
        let keyID: Digest
        let before: Standing
    }

    /// What it is about.
    public let subject: BreakSubject
    /// Its id.
    public let id: Digest
    /// The partner that found it.
    public let opener: Slug
    /// The time of the line that opened it.
    public let opened: Timestamp
    /// Where it stands.
    public internal(set) var standing = Standing()
    /// The time of its last line.
    public internal(set) var changed: Timestamp
    /// The numbers of all its lines, from 1, rising: its history.
    public internal(set) var lines: [Int] = []
    /// The lines that changed its state and were not taken back.
    var steps: [Step] = []

    /// Where it stands.
    public var state: BreakState { standing.state }
    /// The digest of the last line that changed its state and was not taken back.
    public var lastLine: Digest? { steps.last?.line }

    /// A break that is about to be opened.
    init(_ subject: BreakSubject, id: Digest, opener: Slug, opened: Timestamp) {
        self.subject = subject
        self.id = id
        self.opener = opener
        self.opened = opened
        changed = opened
    }
}
