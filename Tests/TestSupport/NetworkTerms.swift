public import Signing

/// Sample terms, to be changed member by member:
/// `NetworkTerms.exchange().with("conversion.minimum", 3000)`.
public enum NetworkTerms {
    /// Points of the debtor become points of the creditor, 1 for 1, a cent each, posted at once.
    public static func exchange(
        from debtor: String = "nordwind",
        to creditor: String = "harbour",
        numerator: Int64 = 1,
        denominator: Int64 = 1
    ) -> JSONValue {
        base(
            "exchange",
            debtor,
            creditor,
            "\(debtor)/points",
            "\(creditor)/points",
            numerator,
            denominator
        )
    }

    /// Points of the debtor are spent at the creditor, 1 point for 1 point of its tills.
    public static func redeem(
        from debtor: String = "nordwind",
        at creditor: String = "harbour"
    ) -> JSONValue {
        base("redeem", debtor, creditor, "\(debtor)/points", "\(creditor)/points", 1, 1)
    }

    /// The debtor's shop gives points of the creditor, one for each cent.
    public static func earn(
        at debtor: String = "nordwind",
        of creditor: String = "harbour"
    ) -> JSONValue {
        base("earn", debtor, creditor, "EUR", "\(creditor)/points", 1, 1)
    }

    /// From member to member within one partner; no debt.
    public static func inside(_ partner: String = "nordwind") -> JSONValue {
        base("exchange", partner, partner, "\(partner)/points", "\(partner)/points", 1, 1).without(
            "settlement"
        )
    }

    /// The same terms, but held until the creditor commits.
    public static func held(_ terms: JSONValue, seconds: Int64 = 86_400) -> JSONValue {
        terms.with("finality", "creditor").with("holdExpirySeconds", .integer(seconds))
    }

    /// A rate or a fraction.
    public static func rate(_ numerator: Int64, _ denominator: Int64) -> JSONValue {
        ["numerator": .integer(numerator), "denominator": .integer(denominator)]
    }

    /// So many units for each full block.
    public static func perBlock(_ threshold: Int64, _ amount: Int64) -> JSONValue {
        bonus("perBlock", threshold).with("amount", .integer(amount))
    }

    /// A share of the base credit from a threshold on.
    public static func percent(
        _ numerator: Int64,
        _ denominator: Int64,
        from threshold: Int64 = 0
    ) -> JSONValue {
        bonus("percentOfBase", threshold).with("percent", rate(numerator, denominator))
    }

    /// So many units once for each token of a group.
    public static func once(
        _ amount: Int64,
        group: String = "welcome",
        from threshold: Int64 = 0
    ) -> JSONValue {
        bonus("once", threshold).with("amount", .integer(amount)).with("group", .string(group))
    }

    /// Groups that counters are kept for, each until the end of 2030.
    public static func groups(_ names: [String]) -> JSONValue {
        .array(names.map { ["group": .string($0), "validTo": "2030-12-31T00:00:00.000Z"] })
    }

    /// A cap of a period on the member's token of a group.
    public static func cap(
        _ amount: Int64,
        _ period: String,
        unit: String = "source",
        subject: String = "member",
        group: String = "cap"
    ) -> JSONValue {
        let cap: JSONValue = [
            "amount": .integer(amount), "unit": .string(unit), "period": .string(period),
            "subject": .string(subject),
        ]
        return period == "transaction" ? cap : cap.with("group", .string(group))
    }

    /// A funder's share of a bonus.
    public static func funding(
        by partner: String,
        share: (Int64, Int64) = (1, 2),
        price: (Int64, Int64) = (1, 1),
        budget: Int64,
        exhausted: String
    ) -> JSONValue {
        [
            "partner": .string(partner), "share": rate(share.0, share.1),
            "price": rate(price.0, price.1),
            "budget": .integer(budget), "exhausted": .string(exhausted),
        ]
    }

    /// A fee; either `fixed` or `perUnit`.
    public static func fee(
        fixed: Int64? = nil,
        perUnit: (Int64, Int64)? = nil,
        payer: String,
        payee: String,
        rounding: String = "halfEven",
        currency: String = "EUR"
    ) -> JSONValue {
        var fee: JSONValue = [
            "currency": .string(currency), "plan": "perTransaction", "payer": .string(payer),
            "payee": .string(payee),
            "rounding": .string(rounding),
        ]
        if let fixed { fee = fee.with("fixed", .integer(fixed)) }
        if let perUnit { fee = fee.with("perUnit", rate(perUnit.0, perUnit.1)) }
        return fee
    }

    private static func bonus(_ kind: String, _ threshold: Int64) -> JSONValue {
        [
            "kind": .string(kind), "threshold": .integer(threshold), "thresholdUnit": "source",
            "stack": "additive",
            "basis": "requested", "priced": true,
        ]
    }

    private static func base(
        _ kind: String,
        _ debtor: String,
        _ creditor: String,
        _ from: String,
        _ to: String,
        _ numerator: Int64,
        _ denominator: Int64
    ) -> JSONValue {
        [
            "kind": .string(kind), "debtor": .string(debtor), "creditor": .string(creditor),
            "from": .string(from), "to": .string(to), "validFrom": "2026-01-01T00:00:00.000Z",
            "noticePeriodDays": 30, "utcOffsetMinutes": 60,
            "controllerRoles": ["debtor": "controller", "creditor": "controller"],
            "legal": [
                "eMoney": "limitedNetwork", "vat": "thirdPartyConsideration", "dataAgreement": true,
            ],
            "conversion": [
                "ratio": ["fixed": rate(numerator, denominator)], "rounding": "keepRest",
            ],
            "finality": "debtor", "reversalDays": 30, "uniqueRef": false, "settlement": settlement,
        ]
    }

    private static var settlement: JSONValue {
        [
            "price": ["fixed": rate(1, 1)], "priceCurrency": "EUR", "settlementCurrency": "EUR",
            "moneyRounding": "halfEven", "model": "multilateral", "nettingForm": "setOff",
            "creditLine": 1_000_000_000, "offsets": false, "objectionHours": 24,
            "disputeThreshold": 100_000,
            "carryMaxDays": 30, "calendar": "network", "setOffInPoints": false,
            "runOff": ["reversals": 60, "trueUps": 60, "coverRelease": 60],
        ]
    }
}

extension JSONValue {
    /// The object with a member set, found by a path of names such as `settlement.creditLine`.
    public func with(_ path: String, _ value: JSONValue) -> JSONValue {
        changing(path.split(separator: ".").map(String.init)[...], to: value)
    }

    /// The object without a member, found by a path of names.
    public func without(_ path: String) -> JSONValue {
        changing(path.split(separator: ".").map(String.init)[...], to: nil)
    }

    private func changing(_ path: ArraySlice<String>, to value: JSONValue?) -> JSONValue {
        guard case .object(var members) = self, let name = path.first else { return self }
        let place = members.firstIndex { $0.name == name }
        if path.count > 1 {
            let inner = place.map { members[$0].value } ?? [:]
            return changing([name], to: inner.changing(path.dropFirst(), to: value))
        }
        guard let value else {
            members.removeAll { $0.name == name }
            return .object(members)
        }
        if let place {
            members[place].value = value
        } else {
            members.append(JSONMember(name: name, value: value))
        }
        return .object(members)
    }
}
