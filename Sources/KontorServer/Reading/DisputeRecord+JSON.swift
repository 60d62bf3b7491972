internal import Ledger
internal import Money
internal import Settlement
internal import Signing

extension DisputeRecord {
    /// A dispute, since when its state holds, and whose turn it is.
    var json: JSONValue {
        var members: [JSONMember] = [
            JSONMember(name: "dispute", value: .integer(Int64(entry))),
            JSONMember(name: "agreement", value: .string(agreement.base64URL)),
            JSONMember(name: "calendar", value: .string(calendar)),
            JSONMember(name: "window", value: .integer(Int64(window))),
            JSONMember(name: "break", value: .string(breakID.base64URL)),
            JSONMember(name: "reason", value: .string(reason.rawValue)),
            JSONMember(name: "opener", value: .string(opener)),
            JSONMember(name: "respondent", value: .string(respondent)),
            JSONMember(name: "currency", value: .string(currency.code)),
            JSONMember(name: "amount", value: .string(String(amount))),
            JSONMember(name: "adjusted", value: .string(String(adjusted))),
            JSONMember(name: "left", value: .string(String(left))),
            JSONMember(name: "rejections", value: .integer(rejections)),
            JSONMember(name: "state", value: .string(state.rawValue)),
            JSONMember(name: "changed", value: .integer(Int64(changedAt))),
            JSONMember(name: "since", value: .string(since.description)),
        ]
        if let waitsFor {
            members.append(JSONMember(name: "waitsFor", value: .string(waitsFor)))
        }
        return .object(members)
    }
}
