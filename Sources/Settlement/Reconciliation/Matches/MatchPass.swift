/// What a match rests on: the passes of matching, in the order in which they are tried.
public enum MatchPass: UInt8, Hashable, Sendable, CaseIterable, Comparable {
    /// P1: the name of the transfer, its item and its event.
    case transferName = 1
    /// P2: both references, units and program.
    case bothReferences
    /// P3: one reference, units and program, within the days.
    case oneReference
    /// P4: member or account, units and program, within the days.
    case member
    /// P5: the sum of several rows.
    case sum
    /// P6: references that look alike; never a match, only a suggestion.
    case text

    /// The stable code: `P1` to `P6`.
    public var code: String { "P\(rawValue)" }

    /// Orders passes by their turn.
    public static func < (left: MatchPass, right: MatchPass) -> Bool {
        left.rawValue < right.rawValue
    }
}
