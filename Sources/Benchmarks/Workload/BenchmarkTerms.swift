internal import Signing

/// The terms of every agreement: 3 to 1 with a kept rest, a bonus for each block, caps, and a price
/// in euro.
enum BenchmarkTerms {
    /// The least amount of an item.
    static let minimum: Int64 = 3_000
    private static let block: Int64 = 60_000
    private static let bonus: Int64 = 5_000

    /// What an item of an amount consumes and credits under these terms.
    static func result(of amount: Int64) -> (debit: Int64, credit: Int64, bonus: Int64) {
        let credit = amount / 3
        return (credit * 3, credit, amount / block * bonus)
    }

    /// The terms as a proposal states them.
    static func value(debtor: String, creditor: String) -> JSONValue {
        [
            "kind": "exchange", "debtor": .string(debtor), "creditor": .string(creditor),
            "from": .string("\(debtor)/points"), "to": .string("\(creditor)/points"),
            "validFrom": "2026-01-01T00:00:00.000Z", "noticePeriodDays": 90, "utcOffsetMinutes": 60,
            "controllerRoles": ["debtor": "controller", "creditor": "controller"],
            "legal": ["eMoney": "limitedNetwork", "vat": "outOfScope", "dataAgreement": true],
            "groups": [["group": "monthly", "validTo": "2030-01-01T00:00:00.000Z"]],
            "conversion": [
                "ratio": ["fixed": ["numerator": 1, "denominator": 3]], "rounding": "keepRest",
                "minimum": .integer(minimum),
            ],
            "bonuses": [
                [
                    "kind": "perBlock", "threshold": .integer(block), "thresholdUnit": "source",
                    "amount": .integer(bonus), "stack": "additive", "basis": "requested",
                    "priced": true,
                ]
            ],
            "caps": [
                [
                    "amount": 500_000, "unit": "source", "period": "transaction",
                    "subject": "member",
                ],
                [
                    "amount": 50_000_000, "unit": "source", "period": "month", "subject": "member",
                    "group": "monthly",
                ],
            ],
            "finality": "debtor", "reversalDays": 90, "uniqueRef": false, "settlement": settlement,
        ]
    }

    /// Terms of 1 to 1 at the same price, without bonuses and caps.
    static func plain(debtor: String, creditor: String) -> JSONValue {
        [
            "kind": "exchange", "debtor": .string(debtor), "creditor": .string(creditor),
            "from": .string("\(debtor)/points"), "to": .string("\(creditor)/points"),
            "validFrom": "2026-01-01T00:00:00.000Z", "noticePeriodDays": 90, "utcOffsetMinutes": 60,
            "controllerRoles": ["debtor": "controller", "creditor": "controller"],
            "legal": ["eMoney": "limitedNetwork", "vat": "outOfScope", "dataAgreement": true],
            "conversion": [
                "ratio": ["fixed": ["numerator": 1, "denominator": 1]], "rounding": "keepRest",
            ],
            "finality": "debtor", "reversalDays": 90, "uniqueRef": false, "settlement": settlement,
        ]
    }

    private static let settlement: JSONValue = [
        "price": ["fixed": ["numerator": 7, "denominator": 10]], "priceCurrency": "EUR",
        "settlementCurrency": "EUR", "moneyRounding": "halfEven", "model": "multilateral",
        "nettingForm": "novation", "creditLine": .integer(JSONReader.numberLimit), "offsets": true,
        "objectionHours": 48, "disputeThreshold": 0, "carryMaxDays": 31, "calendar": "main",
        "setOffInPoints": false, "runOff": ["reversals": 90, "trueUps": 90, "coverRelease": 90],
    ]
}
