import Ledger
import Signing
import TestSupport
import Testing

/// A submission that is refused, and the code that it is refused with.
struct RejectionCase: Sendable, CustomTestStringConvertible {
    /// Tells the story up to the submission, and signs the submission.
    typealias Act = @Sendable (inout NetworkStory) throws -> [UInt8]

    let rejection: Rejection
    let title: String
    let act: Act

    init(_ rejection: Rejection, _ title: String, _ act: @escaping Act) {
        self.rejection = rejection
        self.title = title
        self.act = act
    }

    var testDescription: String { "\(rejection.rawValue): \(title)" }
}

/// All refusals, a topic a file.
enum RejectionTable {
    static let all =
        submission + registry + partners + agreements + transfers + conversion + limits + later
        + nights + fixing + settlement + reconciliation

    /// Codes that the ledger itself never gives: the sequencer answers a known id before the rules
    /// run.
    static let elsewhere: [Rejection] = [.idReused]

    /// Three partners of a network with one operator's signature due, as every case finds them.
    static let base = Result { try NetworkStory.founded() }
}

extension NetworkStory {
    /// Two partners agree, and open one pseudonym.
    mutating func deal(
        _ terms: JSONValue = NetworkTerms.exchange()
    ) throws -> (terms: Digest, member: String) {
        let names = Self.parties(of: terms)
        let hash = try agree(terms)
        let partner = terms["debtor"] == terms["creditor"] ? names[0] : names[1]
        return (hash, try member(names[0], partner))
    }

    /// One item under an agreement of nordwind.
    mutating func send(
        _ deal: (terms: Digest, member: String),
        _ amount: Int64,
        debit: Int64? = nil,
        credit: Int64? = nil,
        bonus: Int64 = 0,
        channel: String? = nil,
        more: JSONValue = [:]
    ) -> [UInt8] {
        let item = Network.item(
            deal.member,
            amount: amount,
            debit: debit,
            credit: credit,
            bonus: bonus,
            more: more
        )
        return network.transfers(
            from: "nordwind",
            terms: deal.terms,
            items: [item],
            channel: channel
        )
    }

    /// The items of an entry with a token of a group.
    static func token(_ token: String, _ group: String) -> JSONValue {
        ["counters": Network.counters([(group, token)])]
    }

    /// A payload signed by nordwind, changed before it is signed.
    mutating func changed(_ text: [UInt8], _ change: (JSONValue) -> JSONValue) throws -> [UInt8] {
        let payload = try JSONValue(parsing: JWS(parsing: text).payload)
        return network.sign(payload: change(payload).text, with: "nordwind")
    }
}
