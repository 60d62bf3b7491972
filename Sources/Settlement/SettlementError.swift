public import Money

/// Why a settlement cannot be computed from what was given: the reason, and whom it concerns.
public enum SettlementError: Error, Hashable, Sendable {
    /// An amount of one position is 2^60 minor units or more, or an exact number does not fit.
    case range(debtor: String, creditor: String)
    /// The nets do not sum to 0; the sum is stated.
    case sumNotZero(Int128)
    /// A participant occurs twice where it may occur once.
    case duplicateParticipant(String)
    /// Two quotes of one source and currency.
    case duplicateQuote(source: String, currency: Currency)
    /// Quotes of one source that are of two days, or against two bases.
    case twoPublications(source: String)
    /// A quote whose currency is its own base.
    case quoteOfBase(source: String, currency: Currency)
    /// An obligation in another currency than the one that is settled.
    case mixedCurrencies(Currency, Currency)
    /// Someone owes itself.
    case ownDebt(String)
    /// What was carried in is not of this model: a pair where one name is due, or the reverse.
    case carryOfAnotherModel(String)
    /// The rounded total is not the one of these exact lines: more would be missing than there are
    /// lines to round up.
    case linesDoNotSum(missing: Int128)
    /// More participants than an exact plan is made for.
    case tooManyForExactPlan(count: Int, limit: Int)
    /// A debt stands on one of the two sheets alone.
    case debtOnOneSheet(agreement: String, debtor: String, creditor: String)
    /// Someone paid although it owed nothing, or more than it owed, or a negative amount.
    case paidTooMuch(String)
    /// A cover is negative or 2^60 or more.
    case coverRange(String)
    /// More is recovered than was lost.
    case recoveredTooMuch(String)
    /// A reconciliation has not one detail for each row of the ledger.
    case detailsDoNotFit(rows: Int, details: Int)
    /// More rows on one side than a reconciliation takes, or more names of programs.
    case tooManyRows(count: Int, limit: Int)
    /// A row of a book points to a name, file or text that the book does not have.
    case rowOutOfBook(place: UInt64)
    /// A row of the ledger is under an agreement that the terms do not have.
    case unknownAgreement(number: Int)
    /// Two payments that are due have one name.
    case duplicatePayment(String)
}

extension SettlementError: CustomStringConvertible {
    /// The place, the reason, and the way out.
    public var description: String {
        switch self {
        case .range(let debtor, let creditor):
            "\(debtor) to \(creditor): the amount is out of range; keep it below 2^60 minor units"
        case .sumNotZero(let sum):
            "the nets sum to \(sum), not to 0; list every participant with what it is owed"
        case .duplicateParticipant(let name): "\(name): it stands twice; state it once"
        case .duplicateQuote(let source, let currency):
            "\(source): two quotes of \(currency); state one"
        case .twoPublications(let source):
            "\(source): quotes of two days or against two bases; state those of one publication"
        case .quoteOfBase(let source, let currency):
            "\(source): \(currency) is quoted against itself; leave that quote out"
        case .mixedCurrencies(let one, let other):
            "obligations in \(one) and in \(other); settle each currency by itself"
        case .ownDebt(let name): "\(name): it owes itself; name another creditor"
        case .carryOfAnotherModel(let name):
            "\(name): what was carried in belongs to another model; settle it there"
        case .linesDoNotSum(let missing):
            "the lines miss their total by \(missing); total and lines are not of one debt"
        case .tooManyForExactPlan(let count, let limit):
            "\(count) participants; an exact plan takes at most \(limit), use the direct one"
        case .debtOnOneSheet(let agreement, let debtor, let creditor):
            "\(agreement) \(debtor) to \(creditor): it was settled on one sheet only; give both"
        case .paidTooMuch(let name): "\(name): it paid more than it owes; book the rest apart"
        case .coverRange(let name): "\(name): its cover is from 0 to below 2^60 minor units"
        case .recoveredTooMuch(let name):
            "\(name): more would be recovered than was lost; book the rest apart"
        case .detailsDoNotFit(let rows, let details):
            "\(rows) rows of the ledger and \(details) details; give one detail for each row"
        case .tooManyRows(let count, let limit):
            "\(count) rows or names, at most \(limit) are compared; reconcile parts of the window"
        case .rowOutOfBook(let place):
            "place \(place): the row points out of its book; read the book again"
        case .unknownAgreement(let number):
            "agreement \(number) is not in the terms; list every agreement of the rows"
        case .duplicatePayment(let name):
            "\(name): two payments are due under this name; name each by itself"
        }
    }
}
