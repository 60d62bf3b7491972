internal import Ledger
internal import Money
internal import Signing

extension Partner {
    /// The partner as the registry shows it to everybody.
    var json: JSONValue {
        var members: [JSONMember] = [
            JSONMember(name: "partner", value: .string(name)),
            JSONMember(name: "state", value: .string(state.rawValue)),
        ]
        if let region { members.append(JSONMember(name: "region", value: .string(region))) }
        return .object(members)
    }
}

extension Program {
    /// The programme.
    var json: JSONValue {
        [
            "program": .string(id), "scale": .integer(scale), "status": .string(status.rawValue),
        ]
    }
}

extension AgreementLine {
    /// The agreement version: its parties, its life, and what moved under it.
    var json: JSONValue {
        var members: [JSONMember] = [
            JSONMember(name: "terms", value: .string(version.hash.base64URL)),
            JSONMember(name: "proposedAt", value: .integer(Int64(version.proposedAt))),
            JSONMember(name: "debtor", value: .string(version.terms.debtorName)),
            JSONMember(name: "creditor", value: .string(version.terms.creditorName)),
            JSONMember(name: "from", value: .string(version.terms.fromText)),
            JSONMember(name: "to", value: .string(version.terms.toText)),
            JSONMember(name: "validFrom", value: .string(version.terms.start.description)),
            JSONMember(name: "signed", value: .array(version.signed.map { .string($0) })),
        ]
        if let end = version.end {
            members.append(JSONMember(name: "ends", value: .string(end.description)))
        }
        if let boundAt = version.boundAt {
            members.append(JSONMember(name: "boundAt", value: .integer(Int64(boundAt))))
        }
        return .object(members)
    }
}

extension PublishedRate {
    /// The published value of a point.
    var json: JSONValue {
        [
            "program": .string(program), "currency": .string(currency.code), "bid": bid.json,
            "ask": ask.json, "validFrom": .string(validFrom.description),
            "validTo": .string(validTo.description),
        ]
    }
}

extension Rate {
    /// The rate as spec/02 writes it.
    var json: JSONValue {
        ["numerator": .integer(numerator), "denominator": .integer(denominator)]
    }
}

extension PositionLine {
    /// The position; amounts are strings of minor units, since they may pass 2^53.
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
}
