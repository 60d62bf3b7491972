internal import Ledger
internal import Signing

/// A submission of the traffic before it is signed.
struct DemoEntry: Sendable {
    /// What it is about.
    enum Content: Sendable {
        /// Transfers under an agreement, by its place in the list.
        case transfers(
            agreement: Int,
            terms: Digest,
            facts: JSONValue?,
            channel: String?,
            items: [DemoItem]
        )
        /// The commit of items of a hold, each with its number.
        case commit(agreement: Int, hold: UInt64, items: [(number: Int, item: DemoItem)])
        /// The release of items of a hold.
        case void(hold: UInt64, numbers: [Int])
        /// What remains of a posted item.
        case reversal(entry: UInt64, number: Int, remaining: Int64, difference: DemoItem)
        /// A text that was sent before.
        case repeated(text: [UInt8])
    }

    var content: Content
    var signer: String
    var id: UUIDv7
    var key: DemoKey
    var mistake: DemoMistake?
    /// The fixing that transfers name, where their terms have rates that are one.
    var fixing: Digest?

    /// How many transfers it asks for.
    var itemCount: Int {
        if case .transfers(_, _, _, _, let items) = content { items.count } else { 0 }
    }

    /// The text to submit.
    func text(ledger: Digest) throws -> [UInt8] {
        if case .repeated(let text) = content { return text }
        var draft = Draft(kind, in: .ledger(ledger), by: signer, id: id, members)
        if mistake?.repeatsMember == true, let first = draft.members.first {
            draft.members.append(first)
        }
        let text = try key.sign(draft)
        return mistake?.spoil(text) ?? text
    }

    private var kind: Kind {
        switch content {
        case .transfers, .repeated: .transfers
        case .commit: .transfersCommit
        case .void: .transfersVoid
        case .reversal: .transfersReverse
        }
    }

    private var members: JSONValue {
        switch content {
        case .transfers(_, let terms, let facts, let channel, let items):
            var members = [JSONMember(name: "terms", value: .string(terms.base64URL))]
            if let channel { members.append(JSONMember(name: "channel", value: .string(channel))) }
            if let fixing {
                members.append(JSONMember(name: "fixing", value: .string(fixing.base64URL)))
            }
            if let facts { members.append(JSONMember(name: "facts", value: facts)) }
            members.append(JSONMember(name: "items", value: .array(items.map(\.json))))
            return .object(members)
        case .commit(_, let hold, let items):
            let list = items.map { number, item -> JSONValue in
                [
                    "item": .integer(Int64(number)), "credit": .integer(item.credit),
                    "bonus": .integer(item.bonus),
                ]
            }
            return ["entry": .integer(Int64(hold)), "items": .array(list)]
        case .void(let hold, let numbers):
            return [
                "entry": .integer(Int64(hold)),
                "items": .array(numbers.map { .integer(Int64($0)) }),
            ]
        case .reversal(let entry, let number, let remaining, let difference):
            let item: JSONValue = [
                "item": .integer(Int64(number)), "remaining": .integer(remaining),
                "debit": .integer(difference.debit), "credit": .integer(difference.credit),
                "bonus": .integer(difference.bonus),
            ]
            return ["entry": .integer(Int64(entry)), "items": [item]]
        case .repeated: return .object([])
        }
    }
}
