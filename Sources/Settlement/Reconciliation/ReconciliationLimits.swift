/// The limits of reconciliation.
public enum ReconciliationLimits {
    /// The most rows of one side.
    public static let rows = (1 << 30) - 1
    /// The most agreements of one run.
    public static let agreements = 65_535
    /// The most rows that a sum is sought among (R-10, P5).
    public static let sumItems = 12
    /// The most rows of one side and one amount whose references are compared letter by letter.
    public static let textRows = 32
    /// The most letters of a reference that are compared letter by letter.
    public static let textLetters = 64
    /// The most letters that references that look alike differ in.
    public static let textDistance = 2
    /// The most rows of one side and one item of a transfer that are compared pair by pair.
    public static let nameRows = 8
    /// The most rows of one side that share a reference and are suggested together.
    public static let sameTextRows = 3
    /// The most pairs of references that one run compares letter by letter.
    public static let textPairs = 1 << 20
    /// The fewest letters of a reference for each that may differ.
    public static let lettersPerDistance = 4
    /// The most suggestions of one run.
    public static let suggestions = 100_000
    /// The digits by which a figure may be too long or too short, to be called one of scale.
    public static let scaleDigits = 6
}
