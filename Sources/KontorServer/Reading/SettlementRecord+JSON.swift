internal import Ledger
internal import Money
internal import Settlement
internal import Signing

extension Book {
    /// A settlement of a list: its name, figures and life, and what the reader has in it.
    func json(of record: SettlementRecord, for reader: Reader) -> JSONValue {
        .object(record.identity + record.figures + life(of: record, for: reader))
    }

    /// The same with the legs, objections and claims that the reader may see.
    func detail(of record: SettlementRecord, for reader: Reader) -> JSONValue {
        let legs = record.legs.filter { reader.mayRead(.names([$0.payer, $0.payee])) }
        let objections = record.objections.filter { objection in
            agreement(objection.agreement).map { reader.mayRead(.names($0.terms.parties)) } ?? false
        }
        let more: [JSONMember] = [
            JSONMember(name: "legs", value: .array(legs.map(\.json))),
            JSONMember(name: "objections", value: .array(objections.map(\.json))),
            JSONMember(
                name: "claims",
                value: .array(record.claims.map { .integer(Int64($0)) })
            ),
        ]
        return .object(record.identity + record.figures + life(of: record, for: reader) + more)
    }

    private func life(of record: SettlementRecord, for reader: Reader) -> [JSONMember] {
        let confirmed = record.confirmed.filter { reader.mayRead(.names([$0])) }
        var members: [JSONMember] = [
            JSONMember(name: "state", value: .string(record.state.rawValue)),
            JSONMember(name: "recalculationDue", value: .boolean(record.isRecalculationDue)),
            JSONMember(name: "confirmed", value: .array(confirmed.map { .string($0) })),
        ]
        if let end = record.objectionsEnd {
            members.append(JSONMember(name: "objectionsEnd", value: .string(end.description)))
        }
        if let deadline = record.deadline {
            members.append(JSONMember(name: "deadline", value: .string(deadline.description)))
        }
        if let kind = nextKind(of: record) {
            members.append(JSONMember(name: "next", value: .string(kind.rawValue)))
        }
        if reader.role == .partner,
            let own = record.result.participants.first(where: {
                $0.name.hasSameBytes(as: reader.name)
            })
        {
            members.append(JSONMember(name: "position", value: .string(String(own.position))))
            members.append(JSONMember(name: "due", value: .string(String(own.due))))
        }
        return members
    }

    /// The kind of the entry that takes a settlement on, or nil when nothing is to be done.
    private func nextKind(of record: SettlementRecord) -> Kind? {
        switch record.state {
        case .calculated: return .settlementAdvise
        case .advised: return record.isRecalculationDue ? .settlementCalculate : .settlementCollect
        case .collecting:
            return record.legs.contains { !$0.isPayout && $0.open > 0 }
                ? .settlementPaid : .settlementCommit
        case .committed, .refunding: return .settlementPaid
        case .aborted, .none:
            let again = SettlementID(
                calendar: record.id.calendar,
                window: record.id.window,
                model: record.id.model,
                currency: record.id.currency,
                attempt: record.id.attempt + 1
            )
            return settlement(again) == nil ? .settlementCalculate : nil
        case .settled, .partlySettled: return nil
        }
    }
}

extension SettlementRecord {
    fileprivate var identity: [JSONMember] {
        [
            JSONMember(name: "settlement", value: .string(id.description)),
            JSONMember(name: "calendar", value: .string(id.calendar)),
            JSONMember(name: "window", value: .integer(Int64(id.window))),
            JSONMember(name: "model", value: .string(id.model.rawValue)),
            JSONMember(name: "currency", value: .string(id.currency.code)),
            JSONMember(name: "attempt", value: .integer(id.attempt)),
            JSONMember(name: "revision", value: .integer(revision)),
            JSONMember(name: "entry", value: .integer(Int64(calculatedAt))),
        ]
    }

    fileprivate var figures: [JSONMember] {
        let figures = result.figures
        return [
            JSONMember(name: "participants", value: .integer(Int64(figures.participants))),
            JSONMember(name: "debts", value: .integer(Int64(figures.debts))),
            JSONMember(name: "gross", value: .string(String(figures.gross))),
            JSONMember(name: "paid", value: .string(String(figures.paid))),
            JSONMember(name: "float", value: .string(String(figures.float))),
            JSONMember(name: "root", value: .string(figures.root.base64URL)),
            JSONMember(name: "size", value: .integer(Int64(figures.size))),
        ]
    }
}

extension SettlementLeg {
    fileprivate var json: JSONValue {
        [
            "payer": .string(payer), "payee": .string(payee), "amount": .string(String(amount)),
            "paid": .string(String(paid)), "acknowledged": .boolean(isAcknowledged),
        ]
    }
}

extension Objection {
    fileprivate var json: JSONValue {
        [
            "partner": .string(partner), "agreement": .string(agreement.base64URL),
            "amount": .string(String(amount)), "reason": .string(reason.rawValue),
            "setAside": .boolean(isSetAside), "withdrawn": .boolean(isWithdrawn),
        ]
    }
}

extension SettlementDebtLine {
    /// The debt as the leaf has it, and whether it was released.
    var json: JSONValue {
        [
            "agreement": .string(agreement.base64URL), "purpose": .string(purpose.rawValue),
            "debtor": .string(debtor), "creditor": .string(creditor),
            "window": .integer(Int64(window)), "currency": .string(currency.code),
            "value": .string("\(value.numerator)/\(value.denominator)"),
            "quote": .string("\(quote.numerator)/\(quote.denominator)"),
            "amount": .string(String(amount)), "entries": .integer(Int64(entries)),
            "trail": .string(trail.base64URL), "released": .boolean(isReleased),
        ]
    }
}
