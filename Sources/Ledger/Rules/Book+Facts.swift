internal import Signing

/// What the terms require of a member and a lot, as the signer attests it (spec/11 §2).
extension Book {
    func checkFacts(_ facts: Facts?, _ context: Context) throws(Fault) {
        if let rule = context.terms.eligibility { try Self.check(rule, facts, context) }
        if let rule = context.terms.lotFilter { try Self.check(rule, facts, context) }
    }

    private static func check(
        _ rule: Eligibility,
        _ facts: Facts?,
        _ context: Context
    ) throws(Fault) {
        let today = context.time.date(utcOffsetMinutes: context.terms.utcOffsetMinutes)
        if !rule.tiers.isEmpty, !rule.tiers.contains(facts?.tier ?? "") {
            throw Fault(
                .notEligible,
                at: "facts.tier",
                "the tier is one of \(rule.tiers.joined(separator: ", "))"
            )
        }
        if !rule.products.isEmpty, !rule.products.contains(facts?.product ?? "") {
            throw Fault(
                .notEligible,
                at: "facts.product",
                "the product is one of \(rule.products.joined(separator: ", "))"
            )
        }
        if rule.sameName == true, facts?.sameName != true {
            throw Fault(.notEligible, at: "facts.sameName", "both accounts bear the same name")
        }
        if let days = rule.accountAgeDays {
            guard let since = facts?.accountSince, today.days - since.days >= days else {
                throw Fault(
                    .notEligible,
                    at: "facts.accountSince",
                    "the account is at least \(days) days old"
                )
            }
        }
    }

    private static func check(_ rule: LotFilter, _ facts: Facts?, _ context: Context) throws(Fault)
    {
        let today = context.time.date(utcOffsetMinutes: context.terms.utcOffsetMinutes)
        guard let origin = facts?.origin, rule.origins.contains(origin) else {
            let origins = rule.origins.map(\.rawValue).joined(separator: ", ")
            throw Fault(.lotNotEligible, at: "facts.origin", "the points are \(origins)")
        }
        guard rule.maximumAgeDays != nil || rule.maximumAgeYears != nil else { return }
        guard let date = facts?.lotDate, date <= today else {
            throw Fault(
                .lotNotEligible,
                at: "facts.lotDate",
                "the day on which the lot was credited is due"
            )
        }
        if let days = rule.maximumAgeDays, today.days - date.days > days {
            throw Fault(.lotNotEligible, at: "facts.lotDate", "the lot is older than \(days) days")
        }
        if let years = rule.maximumAgeYears, today.parts.year - date.parts.year > years {
            throw Fault(
                .lotNotEligible,
                at: "facts.lotDate",
                "the lot is older than \(years) calendar years"
            )
        }
    }
}
