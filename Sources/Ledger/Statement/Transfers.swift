public import Signing

/// The body of a `transfers` entry: up to 200 items of one agreement version (spec/11 §2).
///
/// It is the one payload on the hot path, so it is read straight from the bytes, and its items are
/// plain numbers; what few items have (tokens, facts, references) stands in lists beside them.
public struct Transfers: Sendable {
    /// One item.
    ///
    /// Amounts are in the smallest units of the two programs.
    public struct Item: Sendable {
        /// The pairwise pseudonym.
        public var member: UInt128 = 0
        /// The pseudonym at the other side, if `hasTo`.
        public var to: UInt128 = 0
        /// Units offered.
        public var amount: Int64 = 0
        /// Units consumed.
        public var debit: Int64 = 0
        /// Base units credited.
        public var credit: Int64 = 0
        /// Units credited beyond the base.
        public var bonus: Int64 = 0
        var tokens: Range<Int32> = 0..<0
        var facts: Int32 = -1
        var ref: Int32 = -1
        var has: Present = []
    }

    /// A counter token of an item: a group of the terms, and the issuer's token of the member in it
    /// (P-19).
    public struct Token: Sendable, Hashable {
        /// The place of the group in `groups`.
        public var group: Int32
        /// The token.
        public var token: UInt128
    }

    struct Present: OptionSet, Sendable {
        let rawValue: UInt16
        static let member = Present(rawValue: 1)
        static let to = Present(rawValue: 2)
        static let amount = Present(rawValue: 4)
        static let debit = Present(rawValue: 8)
        static let credit = Present(rawValue: 16)
        static let bonus = Present(rawValue: 32)
        static let counters = Present(rawValue: 64)
        static let facts = Present(rawValue: 128)
        static let ref = Present(rawValue: 256)
        static let commitment = Present(rawValue: 512)
        static let terms = Present(rawValue: 1_024)
        static let channel = Present(rawValue: 2_048)
        static let occurredOn = Present(rawValue: 4_096)
        static let items = Present(rawValue: 8_192)
        static let fixing = Present(rawValue: 16_384)
    }

    /// The terms hash of the agreement version.
    public internal(set) var terms = Digest.zero
    /// The channel, if the terms have channels.
    public internal(set) var channel: String?
    /// The day of an older sale, which no rule reads.
    public internal(set) var occurredOn: CivilDate?
    /// The fixing whose rates the items use, under terms with a rate that is fixed each night.
    public internal(set) var fixing: Digest?
    /// The items, at least one.
    public internal(set) var items: [Item] = []
    /// Tokens of all items; each item has a range of them.
    public internal(set) var tokens: [Token] = []
    /// Group names that the tokens refer to.
    public internal(set) var groups: [String] = []
    var facts: [Facts] = []
    var references: [String] = []

    /// The tokens of an item.
    public func tokens(of item: Item) -> ArraySlice<Token> {
        tokens[Int(item.tokens.lowerBound)..<Int(item.tokens.upperBound)]
    }

    /// The facts of an item, those of the entry if it has none of its own.
    func facts(of item: Item) -> Facts? {
        item.facts >= 0 ? facts[Int(item.facts)] : nil
    }

    /// The partner's own reference of an item.
    public func reference(of item: Item) -> String? {
        item.ref >= 0 ? references[Int(item.ref)] : nil
    }
}

/// What the signer attests of a member and a lot of points (spec/11 §2).
struct Facts: Sendable, Hashable {
    var tier: String?
    var product: String?
    var origin: LotFilter.Origin?
    var lotDate: CivilDate?
    var accountSince: CivilDate?
    var sameName: Bool?

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        tier = try members.optional("tier", Read.slug)
        product = try members.optional("product", Read.slug)
        origin = try members.optional("origin", Read.choice(LotFilter.Origin.self))
        lotDate = try members.optional("lotDate", Read.date)
        accountSince = try members.optional("accountSince", Read.date)
        sameName = try members.optional("sameName", Read.boolean)
        try members.finish()
    }
}
