internal import Ledger
internal import Signing

/// One transfer as its debtor states it.
struct DemoItem: Sendable {
    var member: UInt128
    var to: UInt128?
    var amount: Int64
    var debit: Int64
    var credit: Int64
    var bonus: Int64
    var tokens: [(group: String, token: UInt128)] = []
    var reference: String?

    /// The item as spec/11 §2 writes it.
    var json: JSONValue {
        var members = [
            JSONMember(name: "member", value: .string(member.base64URL)),
            JSONMember(name: "amount", value: .integer(amount)),
            JSONMember(name: "debit", value: .integer(debit)),
            JSONMember(name: "credit", value: .integer(credit)),
        ]
        if bonus > 0 { members.append(JSONMember(name: "bonus", value: .integer(bonus))) }
        if let to { members.append(JSONMember(name: "to", value: .string(to.base64URL))) }
        if !tokens.isEmpty {
            let list = tokens.map { use -> JSONValue in
                ["group": .string(use.group), "token": .string(use.token.base64URL)]
            }
            members.append(JSONMember(name: "counters", value: .array(list)))
        }
        if let reference { members.append(JSONMember(name: "ref", value: .string(reference))) }
        return .object(members)
    }
}
