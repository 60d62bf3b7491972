internal import Ledger
internal import Money
internal import Signing

/// Who owes whom how much, from a ledger's own state or as a server says it (spec/19 §6.3).
struct PositionRow: Sendable {
    let debtor: String
    let creditor: String
    let currency: Currency
    let posted: Int128
    let held: Int128
    let creditLine: Int64?

    init(_ line: PositionLine) {
        debtor = line.debtor
        creditor = line.creditor
        currency = line.currency
        posted = line.posted
        held = line.held
        creditLine = line.creditLine
    }

    /// Reads an item of the list of positions.
    init(json value: JSONValue) throws(CommandError) {
        func text(_ name: String) throws(CommandError) -> String {
            guard case .string(let text)? = value[name] else { throw Self.malformed(name) }
            return text
        }
        func amount(_ name: String) throws(CommandError) -> Int128 {
            guard let amount = Int128(try text(name)) else { throw Self.malformed(name) }
            return amount
        }
        debtor = try text("debtor")
        creditor = try text("creditor")
        guard let currency = Currency(try text("currency")) else {
            throw Self.malformed("currency")
        }
        self.currency = currency
        posted = try amount("posted")
        held = try amount("held")
        switch value["creditLine"] {
        case .integer(let line)?: creditLine = line
        case nil: creditLine = nil
        default: throw Self.malformed("creditLine")
        }
    }

    /// The row as a JSON object; amounts are strings of minor units, since they may pass 2^53.
    var json: JSONValue {
        var members: [JSONMember] = [
            JSONMember(name: "debtor", value: .string(debtor)),
            JSONMember(name: "creditor", value: .string(creditor)),
            JSONMember(name: "currency", value: .string(currency.code)),
            JSONMember(name: "posted", value: .string(String(posted))),
            JSONMember(name: "held", value: .string(String(held))),
        ]
        if let creditLine {
            members.append(JSONMember(name: "creditLine", value: .integer(creditLine)))
        }
        return .object(members)
    }

    private static func malformed(_ name: String) -> CommandError {
        CommandError("the server's list of positions: \(name) is not what spec/19 §6.3 says")
    }
}
