/// What a statement of a partner says of itself, for the comparison with those before.
public struct BookSummary: Hashable, Sendable {
    /// The balance of a program.
    public struct Balance: Hashable, Sendable {
        /// The program.
        public let program: String
        /// Units before the first row, or nil.
        public let opening: Int64?
        /// Units after the last row, or nil.
        public let closing: Int64?
    }

    /// The identifier of the statement, or an empty text.
    public let statement: String
    /// Its number in a sequence, or nil.
    public let sequence: Int?
    /// The bank's account, or an empty text.
    public let account: String
    /// The balances.
    public let balances: [Balance]
}
