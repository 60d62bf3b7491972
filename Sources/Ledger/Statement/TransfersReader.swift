internal import Signing

/// The reader of `transfers` payloads, which builds no tree.
struct TransfersReader {
    private var transfers = Transfers()
    private var envelope = MemberSet()
    private var place = PossessionProof.Place.ledger(.zero)
    private var signer = ""
    private var id: UUIDv7?
    private var shared = Transfers.Item()
    /// Whether the member `kind` was met and says so.
    private var isTransfers = false

    /// What a payload says.
    typealias Parts = (
        place: PossessionProof.Place, signer: String, id: UUIDv7, transfers: Transfers
    )

    /// Reads a whole payload whose kind is `transfers`, or returns nil if it is none.
    static func read(_ payload: [UInt8]) throws(Fault) -> Parts? {
        var state = TransfersReader()
        do throws(Fault) {
            try state.readMembers(payload)
        } catch {
            guard state.isTransfers || isTransfers(payload) else { return nil }
            throw error
        }
        return state.isTransfers ? try state.finish() : nil
    }

    private mutating func readMembers(_ payload: [UInt8]) throws(Fault) {
        var reader: JSONReader
        do { reader = try JSONReader(payload) } catch { throw Fault(error) }
        try reader.readObject(Fault.init) { reader, name throws(Fault) in
            do throws(Fault) { try readMember(name, &reader) } catch {
                throw error.under(name.text)
            }
        }
        do { try reader.finish() } catch { throw Fault(error) }
    }

    /// Whether the member `kind` says `transfers`; a text with a fault before it is left to the
    /// slow reader.
    private static func isTransfers(_ payload: [UInt8]) -> Bool {
        guard var reader = try? JSONReader(payload) else { return false }
        var found = false
        try? reader.readObject({ _ in SearchEnd() }) { reader, name throws(SearchEnd) in
            do throws(JSONError) {
                if name == "kind" {
                    found = try reader.readBytes().elementsEqual(kind)
                } else if reader.peeks("\"") {
                    _ = try reader.readBytes()
                } else {
                    _ = try JSONValue(reading: &reader)
                }
            } catch { throw SearchEnd() }
            if name == "kind" { throw SearchEnd() }
        }
        return found
    }

    /// The member was found, or there is none to find.
    private struct SearchEnd: Error {}

    private mutating func readMember(_ name: JSONName, _ reader: inout JSONReader) throws(Fault) {
        switch name {
        case "items": try readItems(&reader)
        case "terms":
            try once(.terms, in: &shared)
            transfers.terms = try digest(&reader)
        case "channel":
            try once(.channel, in: &shared)
            transfers.channel = try slug(&reader)
        case "occurredOn":
            try once(.occurredOn, in: &shared)
            transfers.occurredOn = try Read.date(try tree(&reader))
        case "fixing":
            try once(.fixing, in: &shared)
            transfers.fixing = try digest(&reader)
        case "ledger", "kind", "partner", "id":
            try readEnvelope(name, &reader)
        case "member", "to", "counters", "ref", "commitment":
            throw Fault(.unknownMember, "this member stands in each item, not beside them")
        default:
            var item = shared
            try readField(name, &reader, &item)
            shared = item
        }
    }

    private mutating func readEnvelope(
        _ name: JSONName,
        _ reader: inout JSONReader
    ) throws(Fault) {
        do { try envelope.insert(Self.number(of: name), name) } catch { throw Self.duplicate }
        switch name {
        case "ledger": place = .ledger(try digest(&reader))
        case "partner": signer = try slug(&reader)
        case "id":
            guard let id = UUIDv7(ascii: try text(&reader)) else {
                throw Fault(.invalidValue, "an id is a lower-case UUID of version 7")
            }
            self.id = id
        default:
            isTransfers = try text(&reader).elementsEqual(Self.kind)
            guard isTransfers else {
                throw Fault(.unknownKind, "the fast reader knows transfers alone")
            }
        }
    }

    /// The place of a member of every payload in the order in which a missing one is named.
    private static func number(of name: JSONName) -> Int {
        switch name {
        case "ledger": 0
        case "kind": 1
        case "partner": 2
        default: 3
        }
    }

    private mutating func readItems(_ reader: inout JSONReader) throws(Fault) {
        try once(.items, in: &shared)
        var count = 0
        try reader.readArray(Fault.init) { reader, index throws(Fault) in
            count = index + 1
            guard count <= Limits.itemsPerEntry else {
                throw Fault(.tooManyItems, "an entry has at most \(Limits.itemsPerEntry) items")
            }
            var item = Transfers.Item()
            item.tokens = Int32(transfers.tokens.count)..<Int32(transfers.tokens.count)
            do throws(Fault) {
                try reader.readObject(Fault.init) { reader, name throws(Fault) in
                    do throws(Fault) { try readField(name, &reader, &item) } catch {
                        throw error.under(name.text)
                    }
                }
            } catch {
                throw error.under("[\(index)]")
            }
            transfers.items.append(item)
        }
        guard count > 0 else { throw Fault(.invalidValue, "at least one item is due here") }
    }

    private mutating func readField(
        _ name: JSONName,
        _ reader: inout JSONReader,
        _ item: inout Transfers.Item
    ) throws(Fault) {
        switch name {
        case "member":
            try once(.member, in: &item)
            item.member = try identifier(&reader)
        case "amount":
            try once(.amount, in: &item)
            item.amount = try integer(&reader)
        case "debit":
            try once(.debit, in: &item)
            item.debit = try integer(&reader)
        case "credit":
            try once(.credit, in: &item)
            item.credit = try integer(&reader)
        case "bonus":
            try once(.bonus, in: &item)
            item.bonus = try integer(&reader)
        case "counters":
            try once(.counters, in: &item)
            try readCounters(&reader, &item)
        case "to":
            try once(.to, in: &item)
            item.to = try identifier(&reader)
        default: try readRareField(name, &reader, &item)
        }
    }

    private mutating func readRareField(
        _ name: JSONName,
        _ reader: inout JSONReader,
        _ item: inout Transfers.Item
    ) throws(Fault) {
        switch name {
        case "facts":
            try once(.facts, in: &item)
            item.facts = Int32(transfers.facts.count)
            transfers.facts.append(try Facts(reading: try tree(&reader)))
        case "ref":
            try once(.ref, in: &item)
            item.ref = Int32(transfers.references.count)
            let text = try Read.string(try tree(&reader))
            guard (1...Limits.referenceLength).contains(text.utf8.count),
                text.utf8.allSatisfy(Self.isReference)
            else {
                throw Fault(
                    .invalidValue,
                    "a reference is 1 to 35 of A-Z, a-z, 0-9, '.', '_' and '-'"
                )
            }
            transfers.references.append(text)
        case "commitment":
            try once(.commitment, in: &item)
            _ = try Read.digest(try tree(&reader))
        default: throw Fault(.unknownMember, "the spec has no member of this name here")
        }
    }

    private mutating func readCounters(
        _ reader: inout JSONReader,
        _ item: inout Transfers.Item
    ) throws(Fault) {
        let start = transfers.tokens.count
        try reader.readArray(Fault.init) { reader, index throws(Fault) in
            guard index < Limits.countersPerItem else {
                throw Fault(.invalidValue, "an item has at most \(Limits.countersPerItem) counters")
            }
            var group: Int32 = -1
            var token: UInt128?
            do throws(Fault) {
                try reader.readObject(Fault.init) { reader, name throws(Fault) in
                    switch name {
                    case "group":
                        guard group < 0 else { throw Self.duplicate.under("group") }
                        group = try groupPlace(&reader)
                    case "token":
                        guard token == nil else { throw Self.duplicate.under("token") }
                        do throws(Fault) { token = try identifier(&reader) } catch {
                            throw error.under("token")
                        }
                    default:
                        throw Fault(
                            .unknownMember,
                            at: name.text,
                            "the spec has no member of this name here"
                        )
                    }
                }
                guard let token, group >= 0 else {
                    throw Fault(
                        .missingMember,
                        at: group < 0 ? "group" : "token",
                        "this member must be there"
                    )
                }
                guard !transfers.tokens[start...].contains(where: { $0.group == group }) else {
                    throw Fault(.invalidValue, at: "group", "this group occurs twice")
                }
                transfers.tokens.append(Transfers.Token(group: group, token: token))
            } catch {
                throw error.under("[\(index)]")
            }
        }
        item.tokens = Int32(start)..<Int32(transfers.tokens.count)
    }

    private mutating func groupPlace(_ reader: inout JSONReader) throws(Fault) -> Int32 {
        let text: ArraySlice<UInt8>
        do { text = try reader.readBytes() } catch { throw Fault(error).under("group") }
        if let place = transfers.groups.firstIndex(where: { text.elementsEqual($0.utf8) }) {
            return Int32(place)
        }
        guard Slug.isValid(text) else {
            throw Fault(.invalidValue, at: "group", "a group is a slug")
        }
        transfers.groups.append(String(decoding: text, as: UTF8.self))
        return Int32(transfers.groups.count - 1)
    }

    private mutating func finish() throws(Fault) -> Parts {
        for (number, name) in ["ledger", "kind", "partner", "id"].enumerated()
        where !envelope.contains(number) {
            throw Fault(.missingMember, at: name, "this member must be there")
        }
        guard shared.has.contains(.terms) else {
            throw Fault(.missingMember, at: "terms", "this member must be there")
        }
        guard shared.has.contains(.items), let id else {
            throw Fault(.missingMember, at: "items", "this member must be there")
        }
        let shared = shared
        for index in transfers.items.indices {
            do { try Self.fill(&transfers.items[index], shared) } catch {
                throw error.under("items[\(index)]")
            }
        }
        return (place, signer, id, transfers)
    }

    /// Gives an item what stands once for all, and requires what every item has.
    private static func fill(
        _ item: inout Transfers.Item,
        _ shared: Transfers.Item
    ) throws(Fault) {
        let both = item.has.intersection(shared.has)
        if !both.isEmpty {
            throw Fault(.duplicateMember, at: name(of: both), "it stands beside the items too")
        }
        if shared.has.contains(.amount) { item.amount = shared.amount }
        if shared.has.contains(.debit) { item.debit = shared.debit }
        if shared.has.contains(.credit) { item.credit = shared.credit }
        if shared.has.contains(.bonus) { item.bonus = shared.bonus }
        if shared.has.contains(.facts) { item.facts = shared.facts }
        let required: Transfers.Present = [.member, .amount, .debit, .credit]
        let missing = required.subtracting(item.has.union(shared.has))
        guard missing.isEmpty else {
            throw Fault(.missingMember, at: name(of: missing), "this member must be there")
        }
    }

    private static func name(of present: Transfers.Present) -> String {
        let names: [(Transfers.Present, String)] = [
            (.member, "member"), (.amount, "amount"), (.debit, "debit"), (.credit, "credit"),
            (.bonus, "bonus"), (.facts, "facts"),
        ]
        return names.first { present.contains($0.0) }?.1 ?? "items"
    }

    private static let kind = Array(Kind.transfers.rawValue.utf8)
    private static let duplicate = Fault(.duplicateMember, "this member occurs twice")

    private func once(_ field: Transfers.Present, in item: inout Transfers.Item) throws(Fault) {
        guard item.has.insert(field).inserted else { throw Self.duplicate }
    }

    private func identifier(_ reader: inout JSONReader) throws(Fault) -> UInt128 {
        do { return try reader.readIdentifier128() } catch { throw Fault(error) }
    }

    private func integer(_ reader: inout JSONReader) throws(Fault) -> Int64 {
        let value: Int64
        do { value = try reader.readInteger() } catch { throw Fault(error) }
        guard value >= 0 else { throw Fault(.invalidValue, "\(value) is below 0") }
        return value
    }

    private func digest(_ reader: inout JSONReader) throws(Fault) -> Digest {
        guard reader.peeks("\"") else { return try Read.digest(try tree(&reader)) }
        let text: ArraySlice<UInt8>
        do { text = try reader.readBytes() } catch { throw Fault(error) }
        guard let digest = Digest(ascii: text, as: .url) else {
            throw Fault(.invalidValue, "a digest is 43 characters of base64url")
        }
        return digest
    }

    private func slug(_ reader: inout JSONReader) throws(Fault) -> String {
        let text = try text(&reader)
        guard Slug.isValid(text) else { throw Read.noSlug }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a string; anything else has the fault that a tree would show.
    private func text(_ reader: inout JSONReader) throws(Fault) -> ArraySlice<UInt8> {
        guard reader.peeks("\"") else { return Array(try Read.string(try tree(&reader)).utf8)[...] }
        do { return try reader.readBytes() } catch { throw Fault(error) }
    }

    private func tree(_ reader: inout JSONReader) throws(Fault) -> JSONValue {
        do { return try JSONValue(reading: &reader) } catch { throw Fault(error) }
    }

    private static func isReference(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
        default: false
        }
    }
}
