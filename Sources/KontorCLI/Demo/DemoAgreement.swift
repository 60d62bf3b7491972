internal import Ledger
internal import Money
internal import Signing

/// An agreement of the network, what its items need, and how much of its limits was planned so far.
struct DemoAgreement: Sendable {
    /// A cap per member of a group and period; the demonstration plays less than a period.
    struct MemberCap: Sendable {
        let group: String
        let amount: Int64
    }

    /// A bonus that a member gets once.
    struct OnceBonus: Sendable {
        let group: String
        let threshold: Int64
        let units: Int64
    }

    let name: String
    let facts: JSONValue?
    let channel: String?
    /// The terms as they are signed.
    private(set) var json: JSONValue
    /// The same, as the ledger reads them.
    private(set) var terms: Terms
    /// The terms hash, once proposed.
    var hash = Digest.zero
    let debtor: String
    let creditor: String
    let kind: Terms.Kind
    let isHold: Bool
    let needsReference: Bool
    let isReversible: Bool
    /// Whether some bonus looks at what was granted before, so that only whole items are reversed.
    let dependsOnHistory: Bool
    let groups: [String]
    let caps: [MemberCap]
    let once: OnceBonus?
    /// Bonus units after which a funder would stop paying, so that quotes of a fresh member no
    /// longer hold.
    let bonusBudget: Int64?
    /// The fixed price; nil where it is a fixing.
    private(set) var price: Rate?
    let currency: Currency?
    /// The smallest amount that the terms allow, and the step to the next.
    let minimum: Int64
    let increment: Int64?
    /// How often it is used, compared with others.
    var weight = 0
    /// How often it is used once its rates are fixed, where ratio or price is a fixing.
    var weightWhenFixed: Int?
    /// The rates that hold, and those of the night before.
    var fixed: (now: FixedRates, before: FixedRates?)?
    /// Whether its transfers come one at a time.
    var isSingle = false
    /// The open pseudonyms of the pair.
    var members: [UInt128] = []
    /// Units planned for each member and cap.
    var usedByMember: [UInt128: Int64] = [:]
    var onceMembers: Set<UInt128> = []
    var bonusUnits: Int64 = 0

    init(_ value: JSONValue) throws {
        guard let name = value["name"]?.string, let json = value["terms"],
            let debtor = json["debtor"]?.string, let creditor = json["creditor"]?.string,
            let kind = json["kind"]?.string.flatMap(Terms.Kind.init(rawValue:))
        else {
            throw CommandError(
                "an agreement of demo/network.json lacks a member; make the fixtures again"
            )
        }
        self.name = name
        self.json = json
        self.debtor = debtor
        self.creditor = creditor
        self.kind = kind
        terms = try Terms(json)
        facts = value["facts"]
        channel = value["channel"]?.string
        isHold = json["finality"]?.string == "creditor"
        needsReference = json["uniqueRef"] == .boolean(true)
        isReversible = (json["reversalDays"]?.integer ?? 0) > 0
        let bonuses = json["bonuses"]?.elements ?? []
        dependsOnHistory = bonuses.contains { $0["group"] != nil || $0["funding"] != nil }
        groups = (json["groups"]?.elements ?? []).compactMap { $0["group"]?.string }
        caps = (json["caps"]?.elements ?? []).compactMap { cap in
            guard let group = cap["group"]?.string, let amount = cap["amount"]?.integer else {
                return nil
            }
            return MemberCap(group: group, amount: amount)
        }
        once = bonuses.first { $0["kind"]?.string == "once" }.flatMap { bonus in
            guard let group = bonus["group"]?.string, let units = bonus["amount"]?.integer else {
                return nil
            }
            return OnceBonus(
                group: group,
                threshold: bonus["threshold"]?.integer ?? 0,
                units: units
            )
        }
        let stops = bonuses.flatMap { $0["funding"]?.elements ?? [] }.filter {
            $0["exhausted"]?.string == "stop"
        }
        bonusBudget = stops.compactMap { $0["budget"]?.integer }.min()
        let settlement = json["settlement"]
        price = Self.rate(settlement?["price"]?["fixed"])
        currency = settlement?["priceCurrency"]?.string.flatMap { Currency($0) }
        increment = json["conversion"]?["increment"]?.integer
        minimum = json["conversion"]?["minimum"]?.integer ?? increment ?? 1
    }

    /// The most that the debtor may owe the creditor, in minor units.
    var creditLine: Int64? { json["settlement"]?["creditLine"]?.integer }

    /// The fixed ratio of the conversion.
    var ratio: Rate? { Self.rate(json["conversion"]?["ratio"]?["fixed"]) }

    /// The parties that must sign.
    var parties: [String] { terms.parties }

    /// Changes a member of the terms before they are proposed.
    mutating func setTerms(_ json: JSONValue) throws {
        self.json = json
        terms = try Terms(json)
        price = Self.rate(json["settlement"]?["price"]?["fixed"])
    }

    private static func rate(_ value: JSONValue?) -> Rate? {
        guard let numerator = value?["numerator"]?.integer,
            let denominator = value?["denominator"]?.integer
        else { return nil }
        return Rate(numerator: numerator, denominator: denominator)
    }
}
