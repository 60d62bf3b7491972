/// A program or a currency: the same for all lines, or by the word in a column (spec/26 §5).
public enum MappedName: Hashable, Sendable {
    /// The same for all lines.
    case constant(String)
    /// By the word that a column holds.
    case column(BookColumn, [MappedWord])
}

/// A word of a file and what it stands for.
public struct MappedWord: Hashable, Sendable {
    /// The word, as the file writes it; an empty text is an empty cell.
    public var word: String
    /// What it stands for.
    public var meaning: String

    /// A word.
    public init(_ word: String, _ meaning: String) {
        self.word = word
        self.meaning = meaning
    }
}
