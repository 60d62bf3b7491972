public import Ledger
public import Signing

/// A network and its ledger together, so that a test tells what happens and looks at what came of
/// it.
///
///     var story = try NetworkStory.founded()
///     let terms = try story.agree(NetworkTerms.exchange())
///     let member = try story.member("nordwind", "harbour")
///     try story.take(story.network.transfers(from: "nordwind", terms: terms, items: [...]))
public struct NetworkStory: Sendable {
    /// Who signs.
    public var network: Network
    /// Who judges.
    public var ledger = LedgerHarness()

    /// A story before its first entry.
    public init(_ network: Network) {
        self.network = network
        ledger.verifies = network.signs
    }

    /// A ledger with operators and admitted partners, each with a program `<slug>/points`.
    public static func founded(
        seed: UInt64 = 1,
        partners: [String] = ["nordwind", "harbour", "suedkauf"],
        threshold: Int64 = 1,
        currencies: [String] = ["EUR", "USD"],
        signs: Bool = true
    ) throws(Refusal) -> NetworkStory {
        var network = Network(seed: seed)
        network.signs = signs
        var story = NetworkStory(network)
        try story.take(story.network.genesis(threshold: threshold, currencies: currencies))
        for partner in partners { try story.admit(partner) }
        return story
    }

    /// Applies a text now; returns the index of its entry.
    @discardableResult
    public mutating func take(_ text: [UInt8]) throws(Refusal) -> UInt64 {
        try ledger.apply(text, at: network.now)
    }

    /// The faults with which a text would be refused now, or none if it was taken.
    public mutating func faults(of text: [UInt8]) -> [Fault] {
        do throws(Refusal) {
            try take(text)
            return []
        } catch {
            return error.faults
        }
    }

    /// The code with which a text is refused now, or nil if it was taken.
    public mutating func refusal(of text: [UInt8]) -> Rejection? {
        faults(of: text).first?.rejection
    }

    /// Takes an act of four eyes and its approval by the second operator.
    @discardableResult
    public mutating func takeApproved(_ text: [UInt8]) throws(Refusal) -> UInt64 {
        let entry = try take(text)
        return try take(network.approve(entry))
    }

    /// Invites, lets apply and admits a partner, which then defines its program.
    public mutating func admit(_ partner: String) throws(Refusal) {
        try take(network.invite(partner))
        try take(network.apply(partner))
        let entry = try take(network.act(.partnerAdmit, on: partner))
        if (try? take(network.define("\(partner)/points"))) == nil {
            try take(network.approve(entry))
            try take(network.define("\(partner)/points"))
        }
    }

    /// Proposes terms and lets every other party accept them; returns the terms hash.
    public mutating func agree(
        _ terms: JSONValue,
        supersedes: Digest? = nil
    ) throws(Refusal) -> Digest {
        let text = network.propose(terms, supersedes: supersedes)
        try take(text)
        let hash = Network.payloadDigest(text)
        for party in Self.parties(of: terms).dropFirst() {
            try take(network.accept(hash, by: party))
        }
        return hash
    }

    /// Opens a pseudonym between two partners.
    public mutating func member(_ partner: String, _ other: String) throws(Refusal) -> String {
        try members(1, partner, other)[0]
    }

    /// Opens so many pseudonyms between two partners.
    public mutating func members(
        _ count: Int,
        _ partner: String,
        _ other: String
    ) throws(Refusal) -> [String] {
        let list = (0..<count).map { _ in network.pseudonym() }
        let text = network.openMembers(list, with: other, by: partner)
        try take(text)
        if partner != other {
            try take(network.acceptMembers(Network.payloadDigest(text), by: other))
        }
        return list
    }

    /// Debtor, creditor and funders of terms, each once.
    public static func parties(of terms: JSONValue) -> [String] {
        var parties: [String] = []
        func add(_ value: JSONValue?) {
            guard case .string(let name)? = value, !parties.contains(name) else { return }
            parties.append(name)
        }
        add(terms["debtor"])
        add(terms["creditor"])
        if case .array(let bonuses)? = terms["bonuses"] {
            for case .array(let shares)? in bonuses.map({ $0["funding"] }) {
                for share in shares { add(share["partner"]) }
            }
        }
        return parties
    }
}
