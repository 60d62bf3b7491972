/// What a file says of itself around its rows (spec/26 §7).
public struct BookControl: Hashable, Sendable {
    /// A sum over the rows of the number in a column, as it is written there.
    public struct Sum: Hashable, Sendable {
        /// The column: one of an amount, or of money or fee.
        public var column: BookColumn
        /// Where the file states the sum.
        public var place: BookPlace

        /// A sum.
        public init(of column: BookColumn, at place: BookPlace) {
            self.column = column
            self.place = place
        }
    }

    /// The balance of a program.
    public struct Balance: Hashable, Sendable {
        /// The program.
        public var program: String
        /// Where the file states the balance before the first row, or nil.
        public var opening: BookPlace?
        /// Where the file states the balance after the last row, or nil.
        public var closing: BookPlace?
        /// The column of the balance after each row, or nil.
        public var running: BookColumn?

        /// A balance.
        public init(
            program: String,
            opening: BookPlace? = nil,
            closing: BookPlace? = nil,
            running: BookColumn? = nil
        ) {
            self.program = program
            self.opening = opening
            self.closing = closing
            self.running = running
        }
    }

    /// A text that must stand at a place, so that another file is noticed.
    public struct Mark: Hashable, Sendable {
        /// Where.
        public var place: BookPlace
        /// The text.
        public var text: String

        /// A mark.
        public init(_ text: String, at place: BookPlace) {
            self.place = place
            self.text = text
        }
    }

    /// Texts that tell the file from those of others and its footer from a row.
    public var marks: [Mark] = []
    /// Where the file states the number of its rows, or nil.
    public var count: BookPlace?
    /// Sums that the file states.
    public var sums: [Sum] = []
    /// Where the file states its identifier, or nil.
    public var statement: BookPlace?
    /// Where the file states its number in a sequence, or nil.
    public var sequence: BookPlace?
    /// Balances that the file states.
    public var balances: [Balance] = []

    /// Nothing.
    public init() {}
}
