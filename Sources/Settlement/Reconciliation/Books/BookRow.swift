/// One line of somebody's books: what happened to the points of one program.
///
/// Both sides of a reconciliation are rows of this shape: those of the ledger, one for each event
/// of an item and each side of it, and those of a partner's files. The row is flat and small,
/// since a night has millions; what may be absent has a value that stands for it.
public struct BookRow: Sendable {
    /// What happened.
    public enum Event: UInt8, Sendable, CaseIterable {
        /// Points moved.
        case posting
        /// Points that had moved went back, whole or in part.
        case reversal
    }

    /// How far the book says it has come.
    public enum Status: UInt8, Sendable, CaseIterable {
        /// The book does not say.
        case unstated
        /// Accepted and not delivered yet: a hold.
        case pending
        /// Done.
        case posted
        /// Called off.
        case void
    }

    /// Which window a row of the ledger belongs to; rows of files are of the one compared.
    public enum Window: Int8, Sendable, CaseIterable {
        /// An earlier window: a row for context, which explains and is never missed.
        case earlier = -1
        /// The window that is compared.
        case compared = 0
        /// After the cut, or still open: a row for context.
        case later = 1
    }

    /// No date.
    public static let noDay = Int32.min
    /// No money.
    public static let noMoney = Int64.min
    /// No item number.
    public static let noItem = UInt16.max
    /// No currency.
    public static let noName = UInt16.max

    /// The transfer: its UUIDv7 as a number, or 0.
    public var transfer: UInt128 = 0
    /// The pairwise pseudonym of the member, or 0.
    public var member: UInt128 = 0
    /// Where the row stands: the line of the file from 1, or for the ledger index × 256 + item.
    public var place: UInt64 = 0
    /// By how many units the members' balances of the program changed: credited is positive,
    /// debited negative; a reversal has the sign opposite to its posting.
    public var units: Int64 = 0
    /// What is owed for it in minor units of `currency`, 0 or more, or `noMoney`.
    public var money: Int64 = BookRow.noMoney
    /// The fee in minor units of `currency`, 0 or more, or `noMoney`.
    public var fee: Int64 = BookRow.noMoney
    /// The reference of who keeps the book.
    public var reference = TextSpan.none
    /// The reference of the other party.
    public var otherReference = TextSpan.none
    /// The batch or account of the row: rows of one batch may stand for one row of the other side.
    public var batch = TextSpan.none
    /// The member as the book names it, where it has no pseudonym.
    public var account = TextSpan.none
    /// The day of the row in days since 1970-01-01, or `noDay`.
    public var day: Int32 = BookRow.noDay
    /// The program whose points moved: a number of `BookTable.names`.
    public var unit: UInt16 = 0
    /// The currency of money and fee: a number of `BookTable.names`, or `noName`.
    public var currency: UInt16 = BookRow.noName
    /// The file: a number of `BookTable.files`.
    public var file: UInt16 = 0
    /// The number of the item in its transfer, or `noItem`.
    public var item: UInt16 = BookRow.noItem
    /// What happened.
    public var event = Event.posting
    /// How far it has come.
    public var status = Status.unstated
    /// Which window it belongs to.
    public var window = Window.compared

    /// A row without anything.
    public init() {}
}
