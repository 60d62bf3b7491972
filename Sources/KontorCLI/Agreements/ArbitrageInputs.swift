internal import Foundation
internal import Money
internal import Settlement
internal import Signing

/// Worths and flows from files: a line each, or one JSON array.
enum ArbitrageInputs {
    /// What units of programmes are worth.
    static func worths(path: String) throws -> [String: UnitWorth] {
        var worths: [String: UnitWorth] = [:]
        for (place, value) in try values(path) {
            guard case .string(let program)? = value["program"],
                case .string(let code)? = value["currency"], let currency = Currency(code),
                case .integer(let numerator)? = value["value"]?["numerator"],
                case .integer(let denominator)? = value["value"]?["denominator"],
                let rate = Rate(numerator: numerator, denominator: denominator)
            else {
                throw CommandError(
                    "\(place): a worth is program, currency and value {numerator, denominator}"
                )
            }
            worths[program] = UnitWorth(currency: currency, rate: rate)
        }
        return worths
    }

    /// What moved under agreements.
    static func flows(path: String) throws -> [AgreementFlow] {
        try values(path).map { place, value in
            guard case .string(let agreement)? = value["agreement"],
                case .string(let from)? = value["from"], case .string(let to)? = value["to"],
                case .integer(let debit)? = value["debit"],
                case .integer(let credit)? = value["credit"],
                let flow = AgreementFlow(
                    agreement: agreement,
                    from: from,
                    to: to,
                    debit: debit,
                    credit: credit
                )
            else {
                throw CommandError(
                    "\(place): a flow is agreement, from, to, debit and credit, units from 0"
                )
            }
            return flow
        }
    }

    private static func values(_ path: String) throws -> [(place: String, value: JSONValue)] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError("\(path): there is no such file, or it may not be read")
        }
        if case .array(let elements)? = try? JSONValue(parsing: Array(data)) {
            return elements.enumerated().map { ("\(path)[\($0.offset)]", $0.element) }
        }
        return try data.split(separator: 0x0a).enumerated().map { number, text in
            let place = "\(path):\(number + 1)"
            do {
                return (place, try JSONValue(parsing: Array(text)))
            } catch let error as JSONError {
                throw CommandError(
                    "\(place): not strict JSON, \(error.reason.rawValue) at byte \(error.offset)"
                )
            }
        }
    }
}
