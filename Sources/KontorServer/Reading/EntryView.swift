internal import KontorEngine
internal import Ledger
internal import Signing
internal import VerifiableLog

/// An entry as the service shows it, and who may see it.
struct EntryView: Sendable {
    /// The index.
    let index: UInt64
    /// The kind of entry.
    let kind: Kind
    /// Who may read it besides auditors and operators.
    let audience: Book.Audience
    /// The object of spec/19 §6 as JSON text.
    let text: [UInt8]

    /// Whether a reader may see it.
    func isVisible(to reader: Reader) -> Bool { reader.mayRead(audience) }
}

extension Engine {
    /// The view of an entry, or nil past the end.
    func view(at index: UInt64) throws -> EntryView? {
        guard let frame = try frame(at: index), let statement = try statement(at: index),
            let audience = try audience(at: index)
        else { return nil }
        let value: JSONValue = [
            "index": .integer(Int64(index)), "time": .string(frame.time.description),
            "prev": .string(frame.previous.base64), "leafHash": .string(frame.leafHash.base64),
            "kind": .string(statement.kind.rawValue), "partner": .string(statement.signer),
            "id": .string(statement.id.description),
            "jws": .string(String(decoding: frame.jws, as: UTF8.self)),
        ]
        return EntryView(index: index, kind: statement.kind, audience: audience, text: value.text)
    }
}
