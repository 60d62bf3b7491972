/// One line of a bank's statement, as far as payments are checked by it.
public struct BankLine: Hashable, Sendable {
    /// What a line is.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Money of a payment.
        case payment
        /// Money of a payment that came back.
        case giveBack
        /// What a bank keeps for itself.
        case charge
    }

    /// What it is.
    public let kind: Kind
    /// The name of the payment, or an empty text.
    public let endToEnd: String
    /// The account that the money went to, or an empty text.
    public let account: String
    /// How much, in minor units, at least 1.
    public let minorUnits: Int64
    /// The currency.
    public let currency: String
    /// The day of booking, in days since 1970-01-01.
    public let day: Int32
    /// The bank's own code of the transaction, or an empty text.
    public let code: String
    /// The SHA-256 of the statement's file, base64url.
    public let digest: String
    /// The place of the line in the statement, from 1.
    public let place: Int

    /// A line.
    public init(
        _ kind: Kind,
        endToEnd: String,
        account: String,
        minorUnits: Int64,
        currency: String,
        day: Int32,
        code: String = "",
        digest: String,
        place: Int
    ) {
        self.kind = kind
        self.endToEnd = endToEnd
        self.account = account
        self.minorUnits = minorUnits
        self.currency = currency
        self.day = day
        self.code = code
        self.digest = digest
        self.place = place
    }

    /// Orders lines by file, place and what they state.
    static func precedes(_ left: BankLine, _ right: BankLine) -> Bool {
        if left.digest != right.digest { return left.digest < right.digest }
        if left.place != right.place { return left.place < right.place }
        if left.endToEnd != right.endToEnd { return left.endToEnd < right.endToEnd }
        if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
        return (left.minorUnits, left.currency, left.day, left.account, left.code)
            < (right.minorUnits, right.currency, right.day, right.account, right.code)
    }
}
