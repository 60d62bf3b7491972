public import Money
internal import Settlement
public import Signing

/// What a line of a break journal says (spec/28 §4.2).
public enum JournalAct: Hashable, Sendable {
    /// The amounts of a currency above which two keys of each partner sign.
    public struct FourEyes: Hashable, Sendable {
        /// The currency.
        public let currency: Currency
        /// Minor units; amounts above need two keys.
        public let above: Int64

        /// The amount of a currency.
        public init(currency: Currency, above: Int64) {
            self.currency = currency
            self.above = above
        }
    }

    /// Who pays what for a break.
    public struct Proposal: Hashable, Sendable {
        /// The partner that pays.
        public let payer: Slug
        /// The currency.
        public let currency: Currency
        /// Minor units, 0 or more.
        public let amount: Int64
        /// Why.
        public let reason: String

        /// An amount that a partner pays.
        public init(payer: Slug, currency: Currency, amount: Int64, reason: String) {
            self.payer = payer
            self.currency = currency
            self.amount = amount
            self.reason = reason
        }
    }

    /// The first line: whom the journal is kept with, and the amounts that need four eyes.
    case begin(with: Slug, fourEyes: [FourEyes])
    /// The second line: the other partner takes part.
    case join
    /// A break was found.
    case open(BreakSubject)
    /// A desk sees to some breaks.
    case assign([Digest], to: Slug)
    /// Who pays what.
    case propose(Digest, Proposal)
    /// A second key signs what a line of its own partner says.
    case second(Digest, line: Digest)
    /// The other partner agrees to a proposal.
    case agree(Digest, line: Digest)
    /// The adjustment stands in the ledger.
    case adjust(Digest, entry: UInt64)
    /// Nothing is to be done about some breaks any more.
    case close([Digest], reason: String)
    /// Something is to be done about some breaks again.
    case reopen([Digest], reason: String)
    /// The line is taken back for some breaks.
    case undo([Digest], line: Digest)
    /// Something to be known.
    case comment([Digest], text: String)
    /// Something that proves, kept elsewhere.
    case evidence([Digest], file: Digest, text: String)
    /// The dispute stands in the ledger.
    case dispute(Digest, entry: UInt64)

    /// The breaks that the line is about; none for the first two lines.
    public var breaks: [Digest] {
        switch self {
        case .begin, .join: []
        case .open(let subject): [subject.id]
        case .propose(let id, _), .second(let id, _), .agree(let id, _), .adjust(let id, _),
            .dispute(let id, _):
            [id]
        case .assign(let ids, _), .close(let ids, _), .reopen(let ids, _), .undo(let ids, _),
            .comment(let ids, _), .evidence(let ids, _, _):
            ids
        }
    }

    /// The word for it.
    public var word: String {
        switch self {
        case .begin: "begin"
        case .join: "join"
        default: action?.rawValue ?? ""
        }
    }
}
