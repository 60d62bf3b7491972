internal import Money
internal import Signing

/// Everything of the state that is small: who takes part, under which keys, by which agreements.
///
/// It is written to the projection as a whole. Lookups go by slug or hash; nothing iterates a
/// dictionary.
struct Registry: Sendable, Codable {
    var ledger: Digest?
    var origin = ""
    /// The set of genesis, or the one that held when the last change was activated.
    var rules: Int64 = 1
    var rulesChange: RulesChange?
    var operatorThreshold: Int64 = 1
    var transferWindow: Int64 = 0
    var otherWindow: Int64 = 0
    var currencies: [Currency] = []
    var publicEntries = false
    var officials: [Official] = []
    var partners: [Partner] = []
    var partnerPlaces: [String: Int32] = [:]
    var keyRecords: [KeyRecord] = []
    var keyPlaces: [Digest: Int32] = [:]
    var logKeys: [LogKeyRecord] = []
    var calendars: [String: Calendar] = [:]
    var policy: NetworkPolicy?
    var programs: [String: Program] = [:]
    var rates: [String: [PublishedRate]] = [:]
    var agreements: [AgreementVersion] = []
    var agreementPlaces: [Digest: Int32] = [:]
    var pending: [PendingAct] = []
    var memberProposals: [MemberProposal] = []
    var limits: [String: Limit] = [:]
    var covers: [String: Int64] = [:]

    /// The place of the operator as a participant, whom network fees are owed to.
    static let operatorPlace: Int32 = 0
    /// The name of the operator as a participant.
    static let operatorName = "operator"
    /// Names that mean a role somewhere, so that nobody may bear them.
    static let reservedNames = [operatorName, "debtor", "creditor", "member"]

    /// A rule set that holds from a later position.
    struct RulesChange: Sendable, Hashable, Codable {
        let rules: Int64
        let from: UInt64
    }

    /// The rule set that holds at an index (spec/01 §1).
    func rules(at index: UInt64) -> Int64 {
        if let change = rulesChange, change.from <= index { return change.rules }
        return rules
    }

    /// The partner of a slug, or nil.
    func partner(_ name: String) -> Partner? {
        partnerPlaces[name].map { partners[Int($0) - 1] }
    }

    /// Where the partner of a slug stands in its life, or nil.
    func state(of name: String) -> Partner.State? {
        partnerPlaces[name].map { state(of: $0) }
    }

    /// Where the partner of a place stands in its life.
    func state(of place: Int32) -> Partner.State {
        partners[Int(place) - 1].state
    }

    /// The registered key of a thumbprint, or nil.
    func key(_ thumbprint: Digest) -> KeyRecord? {
        keyPlaces[thumbprint].map { keyRecords[Int($0)] }
    }

    /// Changes the record of a registered key.
    mutating func changeKey(_ thumbprint: Digest, _ change: (inout KeyRecord) -> Void) {
        if let place = keyPlaces[thumbprint] { change(&keyRecords[Int(place)]) }
    }

    /// The operator or auditor of a slug, or nil.
    func official(_ name: String) -> Official? {
        officials.first { $0.name == name }
    }

    /// The name of a participant's place.
    func name(of place: Int32) -> String {
        place == Self.operatorPlace ? Self.operatorName : partners[Int(place) - 1].name
    }

    /// The agreement version of a terms hash, or nil.
    func agreement(_ hash: Digest) -> AgreementVersion? {
        agreementPlaces[hash].map { agreements[Int($0)] }
    }

    /// The name of a limit or a cover in its table.
    static func moneyKey(_ partner: String, _ currency: Currency) -> String {
        partner + " " + currency.code
    }
}
