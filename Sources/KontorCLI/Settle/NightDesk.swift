internal import KontorEngine
internal import Ledger
internal import Signing
internal import VerifiableLog

/// Signs the operator's acts of a night and enters them, with the approval of another operator
/// where its key is at hand.
struct NightDesk {
    /// Someone who signs as an operator.
    struct Signer {
        let name: String
        let key: PrivateKey
    }

    /// What became of an act.
    enum Outcome {
        /// It took effect at this entry.
        case done(UInt64)
        /// It waits for another operator, who approves this entry.
        case waits(UInt64)
    }

    let engine: Engine
    let first: Signer
    /// The operator that approves, or nil: then acts of four eyes wait.
    let second: Signer?
    /// A new id of a moment; the demonstration makes them of its seed.
    var newID: (Timestamp) throws -> UUIDv7 = UUIDv7.new(at:)

    /// Enters an act; throws what the ledger refuses, in its words.
    ///
    /// An act that waits already is not entered again; the second operator approves it, where its
    /// key is at hand.
    @discardableResult
    func enter(_ kind: Kind, _ members: JSONValue) throws -> Outcome {
        let entry = try waiting(kind, members) ?? submit(kind, members, by: first, nil)
        guard engine.read({ $0.waits(entry) }) else { return .done(entry) }
        guard let second else { return .waits(entry) }
        let index = JSONValue.integer(Int64(entry))
        return .done(try submit(.operatorApprove, ["entry": index], by: second, nil))
    }

    /// Enters an act under an id that follows from what it is about, so that it takes effect once.
    func enter(_ kind: Kind, _ members: JSONValue, id: UUIDv7) throws -> Outcome {
        .done(try submit(kind, members, by: first, id))
    }

    /// The entry of an operator at this desk under an id, or nil.
    func entry(under id: UUIDv7) throws -> UInt64? {
        for name in [first.name] + (second.map { [$0.name] } ?? []) {
            if let entry = try engine.index(of: name, id: id) { return entry }
        }
        return nil
    }

    /// The entry of the same act, if it waits for another operator.
    ///
    /// A new seed makes no other act, nor does another deadline.
    private func waiting(_ kind: Kind, _ members: JSONValue) -> UInt64? {
        guard case .object(let list) = members else { return nil }
        let waiting = engine.read { $0.waitingActs }
        return waiting.first { act in
            guard let payload = try? JSONValue(parsing: act.payload),
                payload["kind"] == .string(kind.rawValue)
            else { return false }
            return list.allSatisfy { member in
                ["seed", "deadline"].contains(member.name) || payload[member.name] == member.value
            }
        }?.entry
    }

    private func submit(
        _ kind: Kind,
        _ members: JSONValue,
        by signer: Signer,
        _ id: UUIDv7?
    ) throws -> UInt64 {
        guard let ledger = engine.ledger else {
            throw CommandError("this ledger has no genesis; found it with kontor init")
        }
        let id = try id ?? newID(try engine.now())
        let draft = Draft(kind, in: .ledger(ledger), by: signer.name, id: id, members)
        switch try engine.submitAndWait([draft.signed(by: signer.key)]).first {
        case .accepted(let entry): return entry.index
        case .known(let index): return index
        case .refused(let refusal):
            throw CommandError("\(kind.rawValue) of \(signer.name) was refused: \(refusal)")
        case nil: throw CommandError("the ledger gave no answer to \(kind.rawValue)")
        }
    }
}
