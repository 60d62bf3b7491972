/// What a book says in sum about one program: its units debited and credited, and those taken back
/// (spec/28 §1).
public struct BookSum: Hashable, Sendable {
    /// The program.
    public let program: String
    /// Units debited by postings, 0 or more.
    public var debit: Int128
    /// Units credited by postings, 0 or more.
    public var credit: Int128
    /// Units that reversals gave back of debits, 0 or more.
    public var reversedDebit: Int128
    /// Units that reversals took back of credits, 0 or more.
    public var reversedCredit: Int128

    /// The sums of a program.
    public init(
        program: String,
        debit: Int128 = 0,
        credit: Int128 = 0,
        reversedDebit: Int128 = 0,
        reversedCredit: Int128 = 0
    ) {
        self.program = program
        self.debit = debit
        self.credit = credit
        self.reversedDebit = reversedDebit
        self.reversedCredit = reversedCredit
    }
}
