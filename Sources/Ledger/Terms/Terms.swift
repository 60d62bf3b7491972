public import Money
public import Signing

/// What two partners agreed on: the `terms` of an `agreement.propose` (spec/09 §2).
///
/// It is shared, not copied: it has some thirty parts.
public final class Terms: Sendable, Codable {
    /// What happens to points, and so who owes whom (spec/09 §3).
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// Points of the debtor become points of the creditor.
        case exchange
        /// Points of the debtor are spent at the creditor.
        case redeem
        /// The debtor's shop gives points of the creditor.
        case earn
    }

    /// Whose signature makes an item final.
    public enum Finality: String, Sendable, Codable, CaseIterable {
        /// The debtor's own: items are posted at once.
        case debtor
        /// The creditor's commit: items are holds until then.
        case creditor
    }

    /// A program, or money, on one side of a conversion.
    public enum Side: Hashable, Sendable, Codable {
        /// A program id.
        case program(String)
        /// A currency, counted in minor units.
        case money(Currency)
    }

    let kind: Kind
    let debtor: String
    let creditor: String
    let from: Side
    let to: Side
    let validFrom: Timestamp
    /// Exclusive; nil is open.
    let validTo: Timestamp?
    let channels: [Channel]
    let noticePeriodDays: Int64
    let utcOffsetMinutes: Int
    let tax: Tax?
    let controllerRoles: ControllerRoles
    let legal: LegalChecklist
    let groups: [Group]
    let conversion: Conversion
    let bonuses: [Bonus]
    let caps: [Cap]
    let fees: [Fee]
    let lotFilter: LotFilter?
    let eligibility: Eligibility?
    let finality: Finality
    /// Seconds until a hold is released; nil with finality `debtor`.
    let holdExpirySeconds: Int64?
    let postingDays: Int64?
    let reversalDays: Int64
    let uniqueRef: Bool
    /// How the debt is priced and settled; nil when debtor and creditor are the same partner.
    let settlement: SettlementTerms?

    /// Whether one partner stands on both sides, so that no debt arises.
    public var isInternal: Bool { debtor == creditor }

    /// The partners that fund a bonus.
    public var funders: [String] {
        bonuses.flatMap { bonus in bonus.funding.map(\.partner) }
    }

    /// The partners that must sign, each once, debtor first.
    public var parties: [String] {
        var parties: [String] = []
        for partner in [debtor, creditor] + funders where !parties.contains(partner) {
            parties.append(partner)
        }
        return parties
    }

    /// When a group's counters end, or nil if the terms have no such group.
    public func end(ofGroup name: String) -> Timestamp? {
        groups.first { $0.group == name }?.validTo
    }

    /// Reads terms from an object and checks every rule of spec/09 that needs no registry.
    public convenience init(_ value: JSONValue) throws(Fault) {
        var members = try Members(value)
        try self.init(members: &members)
        try members.finish()
        try checkSides()
        try checkGroups()
        try checkSettlement()
    }

    private init(members: inout Members) throws(Fault) {
        kind = try members.required("kind", Read.choice(Kind.self))
        debtor = try members.required("debtor", Read.slug)
        creditor = try members.required("creditor", Read.slug)
        from = try members.required("from", Side.init(reading:))
        to = try members.required("to", Side.init(reading:))
        validFrom = try members.required("validFrom", Read.time)
        validTo = try members.optional("validTo", Read.time)
        channels =
            try members.optional("channels", Members.list(1...16, Channel.init(reading:))) ?? []
        noticePeriodDays = try members.required("noticePeriodDays", Read.integer(0...3_650))
        utcOffsetMinutes = Int(try members.required("utcOffsetMinutes", Read.integer(-840...840)))
        tax = try members.optional("tax", Tax.init(reading:))
        controllerRoles = try members.required("controllerRoles", ControllerRoles.init(reading:))
        legal = try members.required("legal", LegalChecklist.init(reading:))
        groups = try members.optional("groups", Members.list(1...32, Group.init(reading:))) ?? []
        conversion = try members.required("conversion", Conversion.init(reading:))
        bonuses = try members.optional("bonuses", Members.list(1...16, Bonus.init(reading:))) ?? []
        caps = try members.optional("caps", Members.list(1...16, Cap.init(reading:))) ?? []
        fees = try members.optional("fees", Members.list(1...8, Fee.init(reading:))) ?? []
        lotFilter = try members.optional("lotFilter", LotFilter.init(reading:))
        eligibility = try members.optional("eligibility", Eligibility.init(reading:))
        finality = try members.required("finality", Read.choice(Finality.self))
        holdExpirySeconds = try members.optional("holdExpirySeconds", Read.integer(1...34_560_000))
        postingDays = try members.optional("postingDays", Read.integer(0...400))
        reversalDays = try members.required("reversalDays", Read.integer(0...400))
        uniqueRef = try members.required("uniqueRef", Read.boolean)
        settlement = try members.optional("settlement", SettlementTerms.init(reading:))
    }
}

extension Terms {
    private func checkSides() throws(Fault) {
        func owner(_ side: Side) -> String? {
            guard case .program(let id) = side else { return nil }
            return String(id.prefix { $0 != "/" })
        }
        if let fromOwner = owner(from) {
            guard fromOwner == debtor else {
                throw Fault(
                    .termsContradict,
                    at: "from",
                    "this program is not one of the debtor, \(debtor)"
                )
            }
        } else if kind != .earn {
            throw Fault(.termsContradict, at: "from", "only earn agreements start from money")
        }
        if let toOwner = owner(to) {
            guard toOwner == creditor else {
                throw Fault(
                    .termsContradict,
                    at: "to",
                    "this program is not one of the creditor, \(creditor)"
                )
            }
        } else if kind != .redeem {
            throw Fault(.termsContradict, at: "to", "only redeem agreements end in money")
        }
        if isInternal, kind != .exchange {
            throw Fault(.termsContradict, at: "kind", "one partner on both sides is an exchange")
        }
        if let validTo, validTo <= validFrom {
            throw Fault(.termsContradict, at: "validTo", "the end is not after validFrom")
        }
        try Read.distinctUnder("channels", channels, by: \.channel)
        guard (finality == .creditor) == (holdExpirySeconds != nil) else {
            throw Fault(
                .termsContradict,
                at: "holdExpirySeconds",
                "it stands exactly with finality creditor"
            )
        }
    }

    private func checkGroups() throws(Fault) {
        try Read.distinctUnder("groups", groups, by: \.group)
        for (index, bonus) in bonuses.enumerated() {
            if let group = bonus.group, end(ofGroup: group) == nil {
                throw Fault(
                    .termsContradict,
                    at: "bonuses[\(index)].group",
                    "groups has no \(group)"
                )
            }
            for (place, share) in bonus.funding.enumerated()
            where [debtor, creditor].contains(share.partner) {
                throw Fault(
                    .termsContradict,
                    at: "bonuses[\(index)].funding[\(place)].partner",
                    "a funder is neither debtor nor creditor"
                )
            }
        }
        for (index, cap) in caps.enumerated() {
            let isDouble = caps[..<index].contains { $0.countsTheSame(as: cap) }
            if isDouble {
                throw Fault(
                    .termsContradict,
                    at: "caps[\(index)]",
                    "an earlier cap counts the same"
                )
            }
            if let group = cap.group, end(ofGroup: group) == nil {
                throw Fault(.termsContradict, at: "caps[\(index)].group", "groups has no \(group)")
            }
        }
    }

    private func checkSettlement() throws(Fault) {
        guard isInternal == (settlement == nil) else {
            throw Fault(
                .termsContradict,
                at: "settlement",
                "it is absent exactly when debtor and creditor are one"
            )
        }
        for (index, bonus) in bonuses.enumerated() where isInternal && bonus.priced {
            throw Fault(
                .termsContradict,
                at: "bonuses[\(index)].priced",
                "one partner owes itself nothing"
            )
        }
        for (index, fee) in fees.enumerated() {
            let payee = partner(of: fee.payee)
            let payer = fee.payer == .member ? nil : partner(of: fee.payer.rawValue)
            guard payee != payer else {
                throw Fault(
                    .termsContradict,
                    at: "fees[\(index)].payee",
                    "payer and payee are the same partner"
                )
            }
        }
    }

    /// The partner that `debtor`, `creditor` or a slug names in a fee.
    public func partner(of role: String) -> String {
        switch role {
        case "debtor": debtor
        case "creditor": creditor
        default: role
        }
    }
}

extension Terms.Side {
    init(reading value: JSONValue) throws(Fault) {
        let text = try Read.string(value)
        if let currency = Currency(text) {
            self = .money(currency)
        } else {
            self = .program(try Read.programID(value))
        }
    }

    /// The program id, or the currency.
    public var text: String {
        switch self {
        case .program(let id): id
        case .money(let currency): currency.code
        }
    }
}

extension Read {
    static func distinctUnder<T, Key: Hashable>(
        _ name: String,
        _ list: [T],
        by key: (T) -> Key
    ) throws(Fault) {
        do { try distinct(list, by: key) } catch { throw error.under(name) }
    }
}
