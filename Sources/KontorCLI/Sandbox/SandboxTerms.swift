internal import Signing

/// Exchange terms of the sandbox: points of the debtor become points of the creditor.
struct SandboxTerms {
    let debtor: String
    let creditor: String
    let from: String
    let to: String
    /// Units credited for each unit debited.
    let ratio: (numerator: Int64, denominator: Int64)

    /// The terms as they are proposed: a cent for each unit credited, a credit line of 10,000 EUR.
    var json: JSONValue {
        [
            "kind": "exchange", "debtor": .string(debtor), "creditor": .string(creditor),
            "from": .string(from), "to": .string(to), "validFrom": "2026-01-01T00:00:00.000Z",
            "noticePeriodDays": 30, "utcOffsetMinutes": 60,
            "controllerRoles": ["debtor": "controller", "creditor": "controller"],
            "legal": [
                "eMoney": "limitedNetwork", "vat": "thirdPartyConsideration", "dataAgreement": true,
            ],
            "conversion": [
                "ratio": ["fixed": rate(ratio.numerator, ratio.denominator)],
                "rounding": "keepRest", "minimum": 100,
            ],
            "finality": "debtor", "reversalDays": 30, "uniqueRef": false,
            "settlement": [
                "price": ["fixed": rate(1, 1)], "priceCurrency": "EUR",
                "settlementCurrency": "EUR", "moneyRounding": "halfEven", "model": "multilateral",
                "nettingForm": "setOff", "creditLine": 1_000_000, "offsets": false,
                "objectionHours": 24, "disputeThreshold": 100_000, "carryMaxDays": 30,
                "calendar": "network", "setOffInPoints": false,
                "runOff": ["reversals": 60, "trueUps": 60, "coverRelease": 60],
            ],
        ]
    }

    private func rate(_ numerator: Int64, _ denominator: Int64) -> JSONValue {
        ["numerator": .integer(numerator), "denominator": .integer(denominator)]
    }
}
