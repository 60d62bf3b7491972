internal import Formats
internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// What the comparison of ledger, statements and bank tells.
struct BankOutcome {
    let id: SettlementID
    let check: BankCheck
    let threeWays: ThreeWayCheck
    /// Whether statements as they were sent were compared, and not the ledger's own.
    let hasStatements: Bool
    let identity: BalanceIdentity?
    /// The digests of the bank's files, and their paths.
    let names: [(digest: String, path: String)]

    /// Whether nothing is to explain.
    var agrees: Bool {
        check.breaks.isEmpty && threeWays.agrees && identity?.difference ?? 0 == 0
    }

    /// The outcome for people.
    var text: String {
        var parts = ["\(id)", payments, ways]
        if !check.breaks.isEmpty { parts.append(breaks) }
        if let identity { parts.append(text(identity)) }
        parts.append(agrees ? "All agrees." : "To explain: \(check.breaks.count.grouped)")
        return parts.joined(separator: "\n\n")
    }

    private func money(_ amount: Int128) -> String { id.currency.format(minorUnits: amount) }

    private var payments: String {
        var table = Table([
            ("payment", .left), ("payer", .left), ("payee", .left), ("due", .right),
            ("received", .right), ("state", .left),
        ])
        for (due, outcome) in zip(check.dues, check.outcomes) {
            table.add([
                due.endToEnd, due.payer, due.payee, money(Int128(due.minorUnits)),
                money(Int128(outcome.received)),
                outcome.state.title + (outcome.isLate ? ", late" : ""),
            ])
        }
        return table.text
    }

    private var ways: String {
        var table = Table([
            ("participant", .left), ("ledger", .right), ("statement", .right), ("bank", .right),
            ("", .left),
        ])
        for line in threeWays.lines {
            table.add([
                line.participant, money(line.ledger),
                hasStatements ? line.statement.map(money) ?? "none sent" : "not given",
                money(line.bank), line.agrees ? "=" : "differs",
            ])
        }
        return table.text
    }

    private var breaks: String {
        check.breaks.map(sentence).joined(separator: "\n")
    }

    /// A difference in one sentence, with the file and line of what the bank has.
    private func sentence(_ found: BankBreak) -> String {
        let places = found.lines.map { number in
            let line = check.lines[number]
            let path = names.first { $0.digest == line.digest }?.path ?? "bank"
            return "\(path), line \(line.place)"
        }
        let name = found.due.map { check.dues[$0].endToEnd } ?? "no payment"
        var text = "\(found.type.title): \(name)"
        if found.cause != .unknown { text += ", \(found.cause.title)" }
        if found.expected != 0 {
            text += "; due \(money(Int128(found.expected))), came \(money(Int128(found.found)))"
        } else {
            text += "; came \(money(Int128(found.found)))"
        }
        text += " \(found.currency)"
        if !places.isEmpty { text += " (\(places.joined(separator: "; ")))" }
        if !found.candidates.isEmpty {
            let names = found.candidates.map { check.dues[$0].endToEnd }
            text += "; perhaps \(names.joined(separator: " or "))"
        }
        return text
    }

    private func text(_ identity: BalanceIdentity) -> String {
        var table = Table([("account", .left), (id.currency.code, .right)])
        table.add(["cover", money(identity.cover)])
        table.add(["collected, not paid out", money(identity.undistributed)])
        table.add(["carried", money(identity.carry)])
        table.add(["operator's float", money(identity.float)])
        table.add(["should be", money(identity.expected)])
        table.add(["closing balance", money(identity.closingBalance)])
        table.add(["difference", money(identity.difference)])
        return table.text
    }

    /// The outcome for programs.
    var json: JSONValue {
        var members: [JSONMember] = [
            JSONMember(name: "settlement", value: .string(id.description)),
            JSONMember(name: "agrees", value: .boolean(agrees)),
            JSONMember(name: "currency", value: .string(id.currency.code)),
            JSONMember(name: "payments", value: .array(zip(check.dues, check.outcomes).map(json))),
            JSONMember(name: "participants", value: .array(threeWays.lines.map(json))),
            JSONMember(name: "breaks", value: .array(check.breaks.map(json))),
        ]
        if let identity {
            let value: JSONValue = [
                "cover": .string("\(identity.cover)"),
                "undistributed": .string("\(identity.undistributed)"),
                "carry": .string("\(identity.carry)"), "float": .string("\(identity.float)"),
                "closingBalance": .string("\(identity.closingBalance)"),
                "difference": .string("\(identity.difference)"),
            ]
            members.append(JSONMember(name: "account", value: value))
        }
        return .object(members)
    }

    private func json(_ due: PaymentDue, _ outcome: BankCheck.Outcome) -> JSONValue {
        [
            "endToEndId": .string(due.endToEnd), "payer": .string(due.payer),
            "payee": .string(due.payee), "due": .string("\(due.minorUnits)"),
            "received": .string("\(outcome.received)"), "state": .string(outcome.state.rawValue),
            "late": .boolean(outcome.isLate),
        ]
    }

    private func json(_ line: ThreeWayCheck.Line) -> JSONValue {
        [
            "participant": .string(line.participant), "ledger": .string("\(line.ledger)"),
            "statement": hasStatements
                ? line.statement.map { .string("\($0)") } ?? .null : .null,
            "bank": .string("\(line.bank)"), "agrees": .boolean(line.agrees),
        ]
    }

    private func json(_ found: BankBreak) -> JSONValue {
        [
            "type": .string(found.type.rawValue), "cause": .string(found.cause.rawValue),
            "payment": found.due.map { .string(check.dues[$0].endToEnd) } ?? .null,
            "expected": .string("\(found.expected)"), "found": .string("\(found.found)"),
            "currency": .string(found.currency), "ageDays": .integer(Int64(found.ageDays)),
            "lines": .array(
                found.lines.map { number in
                    [
                        "sha256": .string(check.lines[number].digest),
                        "line": .integer(Int64(check.lines[number].place)),
                    ]
                }
            ),
        ]
    }
}

extension BankCheck.State {
    /// How far a payment has come, in words.
    var title: String {
        switch self {
        case .due: "open"
        case .paidPart: "paid in part"
        case .paid: "paid"
        }
    }
}
