/// The limits of reconciliation.
public enum ReconciliationLimits {
    /// The most rows of one side.
    public static let rows = 1 << 30
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
    /// The most rows of one side and one transfer that are compared pair by pair.
    public static let nameRows = 64
    /// The most pairs of rows that one reason may suggest for one row.
    public static let suggestionsPerRow = 3
    /// The digits by which a figure may be too long or too short, to be called one of scale.
    public static let scaleDigits = 6
}
