internal import Signing

/// A cap on what is used in one item or one period (spec/09 §6).
public struct Cap: Hashable, Sendable, Codable {
    /// What is counted.
    public enum Unit: String, Sendable, Codable, CaseIterable { case source, target }
    /// Over which time.
    public enum Period: String, Sendable, Codable, CaseIterable {
        case transaction, day, month, calendarYear, rollingDays
    }
    /// Whose use adds up.
    public enum Subject: String, Sendable, Codable, CaseIterable { case member, product, pair }

    let amount: Int64
    let unit: Unit
    let period: Period
    let days: Int64?
    let subject: Subject
    let group: String?

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        amount = try members.required("amount", Read.units())
        unit = try members.required("unit", Read.choice(Unit.self))
        period = try members.required("period", Read.choice(Period.self))
        days = try members.optional("days", Read.integer(1...400))
        subject = try members.required("subject", Read.choice(Subject.self))
        group = try members.optional("group", Read.slug)
        try members.finish()
        guard (days != nil) == (period == .rollingDays) else {
            throw Fault(.termsContradict, at: "days", "it stands exactly with period rollingDays")
        }
        guard (group != nil) == (period != .transaction) else {
            throw Fault(
                .termsContradict,
                at: "group",
                "it stands exactly with a period longer than a transaction"
            )
        }
    }
}

extension Cap {
    /// Whether two caps would count into the same counters.
    func countsTheSame(as other: Cap) -> Bool {
        group != nil && group == other.group && unit == other.unit && period == other.period
            && days == other.days && subject == other.subject
    }
}
