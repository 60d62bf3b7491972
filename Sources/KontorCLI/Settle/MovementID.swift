internal import KontorEngine
internal import Ledger
internal import Signing

/// The id under which money that moved is entered: it follows from what the bank or a document
/// says, so that the same money, told again, is known to the ledger and takes no second effect.
enum MovementID {
    /// An id of facts, whose moment lies in the ledger's id window.
    ///
    /// The moment is the first one since which the facts can be told, moved on by whole windows
    /// when that is too long ago.
    static func of(_ facts: [String], since start: Timestamp, at engine: Engine) throws -> UUIDv7 {
        let now = try engine.now().milliseconds
        let window = max(1, engine.read { $0.idWindowMilliseconds })
        let age = max(0, now - start.milliseconds)
        let moment = min(now, start.milliseconds) + age / window * window
        let text = "kontor/v1/movement\n" + facts.map { $0 + "\n" }.joined()
        let bytes = DigestBuilder.digest(Array(text.utf8)).bytes
        let high = bytes[..<2].reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
        let low = bytes[2..<10].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let timestamp = Timestamp(milliseconds: moment)
        guard let id = UUIDv7(timestamp: timestamp, high: high, low: low) else {
            throw CommandError("\(timestamp) is outside of the range of ids; set the clock right")
        }
        return id
    }
}
