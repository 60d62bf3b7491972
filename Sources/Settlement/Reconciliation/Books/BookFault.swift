/// What is wrong with a file of books, found while it was read.
public struct BookFault: Hashable, Sendable {
    /// What kind of fault it is; the raw value is a stable code.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// A row cannot be read: it counts as unmatched, never as matched.
        case unparsable
        /// Opening balance and rows do not make the closing balance.
        case balanceRoll
        /// The opening balance is not the closing one of the statement before.
        case balanceGap
        /// A count or sum in the footer is not that of the rows.
        case controlTotal
        /// A statement number was skipped.
        case sequenceGap
        /// The file was read before.
        case duplicateFile
        /// A statement of this identifier was read before.
        case duplicateStatement
        /// The file has rows that an earlier file had.
        case overlap
    }

    /// What kind of fault it is.
    public let code: Code
    /// The file: a number of `BookTable.files`.
    public let file: UInt16
    /// The line from 1; 0 for the file as a whole.
    public let line: Int
    /// The character of the line from 1; 0 for the line as a whole.
    public let column: Int
    /// What is wrong, with the figures at fault, and the way out.
    public let reason: String

    /// A fault of a file.
    public init(_ code: Code, file: UInt16, line: Int = 0, column: Int = 0, _ reason: String) {
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.reason = reason
    }
}
