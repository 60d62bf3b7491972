internal import Ledger
internal import Money
internal import Signing

/// A quotation for people, from the object of spec/19 §8 that a ledger or a server gives.
struct QuoteText {
    private let value: JSONValue

    init(_ value: JSONValue) {
        self.value = value
    }

    /// Whether the ledger would accept the transfer.
    var isAccepted: Bool { value["wouldBe"] == "accepted" }

    /// The lines.
    ///
    /// Throws if a member is not what the specification says.
    func lines() throws(CommandError) -> [String] {
        var lines: [String] = []
        if value["debit"] != nil { lines = try conversion() }
        if value["fixing"] != nil {
            lines.append("fixing   \(try Self.text(value, "fixing")), which the transfer names")
        }
        for debt in try list("debts") {
            let sum = try Self.sum(debt)
            lines.append(
                "owed     \(try Self.text(debt, "debtor")) to \(try Self.text(debt, "creditor")): \(sum)"
            )
        }
        for fee in try list("memberFees") {
            let currency = try Self.currency(fee)
            let amount = currency.format(minorUnits: Int128(try Self.integer(fee, "minorUnits")))
            lines.append("fee      \(amount) \(currency), by the member")
        }
        let faults = try list("faults")
        guard !faults.isEmpty || !isAccepted else { return lines + ["verdict  would be accepted"] }
        for fault in faults { lines.append("verdict  would be refused, \(try Self.fault(fault))") }
        return lines
    }

    private func conversion() throws(CommandError) -> [String] {
        func units(_ name: String) throws(CommandError) -> Int64 { try Self.integer(value, name) }
        let rest = try units("rest")
        let bonus = try units("bonus")
        return [
            "offer    \(try units("amount").grouped)",
            "debit    \(try units("debit").grouped)"
                + (rest > 0 ? "   (\(rest.grouped) stay with the member)" : ""),
            "credit   \(try units("credit").grouped)"
                + (bonus > 0 ? " + \(bonus.grouped) bonus" : ""),
        ]
    }

    /// The exact amount and, where it is not whole minor units, how it is a quotient.
    private static func sum(_ debt: JSONValue) throws(CommandError) -> String {
        let currency = try currency(debt)
        let denominator = try integer(debt, "denominator")
        guard let numerator = Int128(try text(debt, "numerator")), denominator > 0 else {
            throw malformed("numerator")
        }
        let rounded = numerator.divided(by: Int128(denominator), rounding: .halfEven)
        let isWhole = numerator % Int128(denominator) == 0
        return "\(isWhole ? "" : "about ")\(currency.format(minorUnits: rounded)) \(currency)"
            + (isWhole ? "" : " (exactly \(numerator)/\(denominator) of the smallest coin)")
    }

    private static func fault(_ fault: JSONValue) throws(CommandError) -> String {
        let place = try text(fault, "place")
        return "\(try text(fault, "code"))\(place.isEmpty ? "" : " at \(place)"): "
            + "\(try text(fault, "reason")). \(try text(fault, "wayOut"))"
    }

    private func list(_ name: String) throws(CommandError) -> [JSONValue] {
        guard case .array(let elements)? = value[name] else { throw Self.malformed(name) }
        return elements
    }

    private static func currency(_ value: JSONValue) throws(CommandError) -> Currency {
        guard let currency = Currency(try text(value, "currency")) else {
            throw malformed("currency")
        }
        return currency
    }

    private static func text(_ value: JSONValue, _ name: String) throws(CommandError) -> String {
        guard case .string(let text)? = value[name] else { throw malformed(name) }
        return text
    }

    private static func integer(_ value: JSONValue, _ name: String) throws(CommandError) -> Int64 {
        guard case .integer(let number)? = value[name] else { throw malformed(name) }
        return number
    }

    private static func malformed(_ name: String) -> CommandError {
        CommandError("the server's quotation: \(name) is not what spec/19 §8 says")
    }
}
