internal import Money
internal import Settlement
internal import Signing

extension JSONValue {
    /// Minor units: an integer, or beyond 2^53 − 1 a string of its digits.
    static func minorUnits(_ amount: Int128) -> JSONValue {
        guard let small = Int64(exactly: amount), small.magnitude <= JSONReader.numberLimit else {
            return .string(String(amount))
        }
        return .integer(small)
    }

    /// An exact number; its parts are strings, since they may pass 2^53.
    static func exact(_ quotient: Quotient) -> JSONValue {
        [
            "numerator": .string(String(quotient.numerator)),
            "denominator": .string(String(quotient.denominator)),
        ]
    }
}

extension PaymentPlan {
    /// The payments as a list of objects.
    var json: JSONValue {
        .array(
            payments.map {
                [
                    "payer": .string($0.payer), "payee": .string($0.payee),
                    "minorUnits": .minorUnits($0.minorUnits),
                ]
            }
        )
    }
}

extension Explanation {
    /// The explanation as one object (spec/21 §4).
    func json(of settlement: SettlementCase) -> JSONValue {
        [
            "model": .string(settlement.model.rawValue),
            "settlementCurrency": .string(settlement.currency.code),
            "plan": .string(settlement.mode.rawValue),
            "rounds": .array(rounds.map { $0.json(of: settlement) }),
            "trueUps": .array(
                trueUps.map {
                    [
                        "agreement": .string($0.agreement), "debtor": .string($0.debtor),
                        "creditor": .string($0.creditor),
                        "provisional": .minorUnits($0.provisional),
                        "final": .minorUnits($0.final),
                        "minorUnits": .minorUnits($0.minorUnits),
                    ]
                }
            ),
        ]
    }
}

extension Explanation.Round {
    fileprivate func json(of settlement: SettlementCase) -> JSONValue {
        var members: [JSONMember] = []
        func add(_ name: String, _ value: JSONValue) {
            members.append(JSONMember(name: name, value: value))
        }
        if let sheet {
            add("source", .string(sheet.source))
            add("date", .string(CivilDate(days: Int(sheet.day)).description))
        }
        add(
            "obligations",
            .array(zip(debts, settlement.debts).map { $0.json(lines: $1.lines) })
        )
        add(
            "nets",
            .array(
                netting.figures.participants.map {
                    [
                        "participant": .string($0.name),
                        "receivable": .minorUnits($0.receivable),
                        "payable": .minorUnits($0.payable), "net": .minorUnits($0.net),
                    ]
                }
            )
        )
        add("sum", .minorUnits(netting.figures.participants.reduce(0) { $0 + $1.net }))
        add(
            "figures",
            [
                "gross": .minorUnits(netting.figures.gross),
                "bilateral": .minorUnits(netting.figures.bilateral),
                "multilateral": .minorUnits(netting.figures.multilateral),
                "nettingRatioPermille": .integer(Int64(netting.figures.nettingRatioPermille)),
            ]
        )
        add("carried", .array(netting.carriedOut.map(\.json)))
        add("float", .minorUnits(netting.floatCarriedOut))
        add("payments", plan.json)
        return .object(members)
    }
}

extension Carry {
    fileprivate var json: JSONValue {
        [
            "participant": .string(participant),
            "counterparty": counterparty.map { .string($0) } ?? .null,
            "minorUnits": .minorUnits(minorUnits),
        ]
    }
}

extension Explanation.Debt {
    fileprivate func json(lines keyed: [SettlementCase.Line]) -> JSONValue {
        var members: [JSONMember] = []
        func add(_ name: String, _ value: JSONValue) {
            members.append(JSONMember(name: name, value: value))
        }
        add("agreement", .string(debt.agreement))
        add("debtor", .string(debt.debtor))
        add("creditor", .string(debt.creditor))
        add("currency", .string(debt.currency.code))
        add("exact", .exact(debt.amount))
        guard let settled else {
            add("unrated", true)
            return .object(members)
        }
        add("quote", .exact(settled.quote))
        add("minorUnits", .minorUnits(settled.minorUnits))
        if !lines.isEmpty {
            add(
                "lines",
                .array(
                    zip(keyed, lines).map { line, amount in
                        [
                            "index": .integer(Int64(clamping: line.key.index)),
                            "item": .integer(Int64(line.key.item)),
                            "units": .integer(line.units), "minorUnits": .minorUnits(amount),
                        ]
                    }
                )
            )
        }
        return .object(members)
    }
}
