/// What one unit of a program is worth by each rule, as one fixing found it (spec/24 §1).
public struct ProgramValues: Hashable, Sendable, Codable {
    /// The program id.
    public let program: String
    /// By its owner's publication, or nil.
    public let pinned: UnitValue?
    /// By the mean of the last publications, or nil.
    public let mean: UnitValue?
    /// By what was paid for units, or nil.
    public let weighted: UnitValue?

    /// The values of a program.
    public init(program: String, pinned: UnitValue?, mean: UnitValue?, weighted: UnitValue?) {
        self.program = program
        self.pinned = pinned
        self.mean = mean
        self.weighted = weighted
    }

    /// The value by a rule, or nil.
    public subscript(rule: ValueRule) -> UnitValue? {
        switch rule {
        case .pinned: pinned
        case .mean: mean
        case .weighted: weighted
        }
    }

    /// Whether no rule gives a value.
    public var isEmpty: Bool { pinned == nil && mean == nil && weighted == nil }
}
