internal import Ledger
internal import Signing

/// Agreements whose ratio or price is fixed each night (spec/24).
extension DemoFounding {
    /// How many agreements say `fixing`.
    private static let fixingCount = 8

    /// Gives some plain agreements rates that are fixed each night; they are used from the first
    /// fixing on.
    mutating func fixRates(of order: [Int]) throws {
        var pairs: Set<String> = []
        let plain = order.filter { place in
            isPlain(agreements[place]) && pairs.insert(agreements[place].debtor).inserted
        }
        for (number, place) in plain.prefix(Self.fixingCount).enumerated() {
            // The first one takes no more than a thousandth a day without asking both sides.
            let rule = Self.rule(
                number % 4 == 3 ? "mean" : "pinned",
                spread: 1 + Int64(number % 3),
                band: number == 0 ? (1, 1_000) : (1, 4)
            )
            var json = agreements[place].json.setting("settlement", "price", to: rule)
            if number % 2 == 0 { json = json.setting("conversion", "ratio", to: rule) }
            try agreements[place].setTerms(json)
            agreements[place].weightWhenFixed = max(1_500, agreements[place].weight)
            agreements[place].weight = 0
        }
    }

    /// Whether an agreement has nothing but a ratio and a price, both of them of what has a quote.
    private func isPlain(_ agreement: DemoAgreement) -> Bool {
        let json = agreement.json
        guard agreement.kind == .exchange, agreement.debtor != agreement.creditor,
            agreement.ratio != nil, !agreement.isHold, !agreement.isSingle
        else { return false }
        guard json["bonuses"] == nil, json["steps"] == nil, agreement.facts == nil,
            agreement.channel == nil, agreement.groups.isEmpty, agreement.caps.isEmpty
        else { return false }
        return hasQuote(json["settlement"]?["priceCurrency"]?.string)
            && isValued(json["from"]?.string) && isValued(json["to"]?.string)
    }

    /// Whether a fix can bring the value of a programme to the numeraire.
    private func isValued(_ program: String?) -> Bool {
        network.programs.contains { $0.id == program && hasQuote($0.currency) }
    }

    private func hasQuote(_ currency: String?) -> Bool {
        currency.map { network.currencies.elements.contains(.string($0)) } ?? false
    }

    private static func rule(
        _ name: String,
        spread: Int64,
        band: (Int64, Int64)
    ) -> JSONValue {
        func rate(_ numerator: Int64, _ denominator: Int64) -> JSONValue {
            ["numerator": .integer(numerator), "denominator": .integer(denominator)]
        }
        return [
            "fixing": [
                "rule": .string(name), "spread": rate(spread, 100),
                "bandPerDay": rate(band.0, band.1), "floor": rate(1, 1_000),
                "ceiling": rate(1_000, 1),
            ]
        ]
    }
}
