internal import Signing

/// What moved at one program in a window, as a certificate states it (spec/29 §2, R-33).
public struct CertifiedSum: Sendable, Hashable, Codable {
    /// The program id.
    public let program: String
    /// Units that were taken from members, without reversals.
    public let debit: Int64
    /// Units that were given to members, without reversals.
    public let credit: Int64
    /// Units of debits that reversals gave back.
    public let reversedDebit: Int64
    /// Units of credits that reversals took back.
    public let reversedCredit: Int64

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        program = try members.required("program", Read.programID)
        debit = try members.required("debit", Read.units())
        credit = try members.required("credit", Read.units())
        reversedDebit = try members.required("reversedDebit", Read.units())
        reversedCredit = try members.required("reversedCredit", Read.units())
        try members.finish()
    }
}
