/// A cell of a row: a range of the bytes at hand.
struct BookCell {
    /// The offset of the first byte.
    var start: Int
    /// The offset behind the last byte.
    var end: Int
    /// What to know of it.
    var mark = Mark.plain

    enum Mark: UInt8 {
        /// The text stands there as it is.
        case plain
        /// The cell stood in quotes.
        case quoted
        /// The cell stood in quotes, and has quotes inside that are doubled.
        case doubled
        /// A number of JSON or XML: its decimal mark is a point, whatever the mapping says.
        case number
        /// A quote stands inside of a cell without quotes.
        case stray
    }
}
