internal import Ledger
internal import Money
internal import Settlement
internal import Signing

extension Window {
    /// A closed window; its seed makes every salt, so partners never get it.
    func json(withSeed: Bool) -> JSONValue {
        var members: [JSONMember] = [
            JSONMember(name: "calendar", value: .string(calendar)),
            JSONMember(name: "window", value: .integer(Int64(number))),
            JSONMember(name: "start", value: .integer(Int64(start))),
            JSONMember(name: "end", value: .integer(Int64(end))),
            JSONMember(name: "cutoff", value: .string(cutoff.description)),
            JSONMember(name: "state", value: .string(state.rawValue)),
        ]
        if withSeed { members.append(JSONMember(name: "seed", value: .string(seed.base64URL))) }
        return .object(members)
    }
}

extension NightFixing {
    /// The fixing: the values of all programs, which everybody reads, and some rates.
    func json(rates: [JSONValue]) -> JSONValue {
        [
            "fixing": .string(hash.base64URL), "calendar": .string(calendar),
            "window": .integer(Int64(window)), "cutoff": .string(cutoff.description),
            "numeraire": .string(numeraire.code), "values": .array(values.map(\.json)),
            "rates": .array(rates),
        ]
    }
}

extension ProgramValues {
    /// The values in millionths of a minor unit of the numeraire.
    fileprivate var json: JSONValue {
        var members = [JSONMember(name: "program", value: .string(program))]
        for (name, value) in [("pinned", pinned), ("mean", mean), ("weighted", weighted)] {
            guard let value else { continue }
            members.append(JSONMember(name: name, value: .integer(value.millionths)))
        }
        return .object(members)
    }
}

extension FixedRates {
    /// The rates, and the fixing that transfers at them name.
    var json: JSONValue { .object(members) }

    fileprivate var members: [JSONMember] {
        var members: [JSONMember] = [
            JSONMember(name: "fixing", value: .string(fixing.base64URL)),
            JSONMember(name: "cutoff", value: .string(cutoff.description)),
        ]
        if let ratio { members.append(JSONMember(name: "ratio", value: ratio.json)) }
        if let price { members.append(JSONMember(name: "price", value: price.json)) }
        return members
    }
}

extension WaitingRates {
    /// The rates outside of the band, and who accepted them.
    var json: JSONValue {
        .object(
            rates.members + [
                JSONMember(name: "signed", value: .array(signed.map { .string($0) }))
            ]
        )
    }
}
