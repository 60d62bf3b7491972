/// How old a break is, in the buckets of R-22; raw values are stable codes.
public enum AgeBucket: String, Hashable, Sendable, CaseIterable {
    /// Up to one day.
    case upTo1 = "0-1"
    /// Two or three days.
    case upTo3 = "2-3"
    /// Four to seven days.
    case upTo7 = "4-7"
    /// Eight to thirty days.
    case upTo30 = "8-30"
    /// More than thirty days.
    case over30 = ">30"

    /// The bucket of an age in days; a negative one counts as 0.
    public init(days: Int) {
        switch days {
        case ...1: self = .upTo1
        case ...3: self = .upTo3
        case ...7: self = .upTo7
        case ...30: self = .upTo30
        default: self = .over30
        }
    }
}
