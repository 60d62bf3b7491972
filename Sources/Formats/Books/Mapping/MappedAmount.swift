/// An amount of a line: which program's points, how many, and which way (spec/26 §5).
public struct MappedAmount: Hashable, Sendable {
    /// Where the number stands.
    public enum Number: Hashable, Sendable {
        /// In one column.
        case column(BookColumn)
        /// In one of two columns: points that left, and points that came.
        case sides(debit: BookColumn, credit: BookColumn)
    }

    /// Which way points moved, if the number does not stand in one of two columns.
    public enum Sign: Hashable, Sendable {
        /// A positive number is points that came to members.
        case stated
        /// A positive number is points that left.
        case inverted
        /// The points left; the number has the other sign only where that is undone.
        case debit
        /// The points came; the number has the other sign only where that is undone.
        case credit
        /// A column holds a word for it; a negative number is the other way.
        case words(BookColumn, debit: [String], credit: [String])
    }

    /// The program whose points moved.
    public var program: MappedName
    /// How many decimal places of the number are units of the program: 0 to 8.
    public var scale: Int
    /// Where the number stands.
    public var number: Number
    /// Which way points moved.
    public var sign: Sign

    /// An amount.
    public init(program: MappedName, scale: Int = 0, number: Number, sign: Sign = .stated) {
        self.program = program
        self.scale = scale
        self.number = number
        self.sign = sign
    }
}
