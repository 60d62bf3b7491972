public import Ledger
public import Signing
private import VerifiableLog

/// A ledger without a service around it: it applies JWS texts in order, at times that the test
/// gives.
///
/// It keeps past entries for commits and reversals, chains leaf hashes, and answers a known id as a
/// sequencer does.
public struct LedgerHarness: Sendable {
    /// An entry that took effect.
    public struct Entry: Sendable {
        /// Its ledger time.
        public let time: Timestamp
        /// The JWS text.
        public let text: [UInt8]
        /// What it says.
        public let statement: Statement
        let payloadDigest: Digest
        let keyID: Digest
    }

    /// The state.
    public var book = Book()
    /// All entries, in their order.
    public private(set) var entries: [Entry] = []
    /// Whether signatures are checked.
    ///
    /// A key that nobody registered is left to the rules, which refuse it.
    public var verifies = true
    private var known: [String: UInt64] = [:]
    private var lastLeaf = Digest.zero

    /// A ledger without entries.
    public init() {}

    /// Applies a text at a time and returns the index of its entry; a known id returns the index
    /// that it has.
    public mutating func apply(_ text: [UInt8], at time: Timestamp) throws(Refusal) -> UInt64 {
        let submission = try SignedStatement(parsing: text)
        let statement = submission.statement
        let name = "\(statement.signer) \(statement.id)"
        if let index = known[name] {
            let entry = entries[Int(index)]
            guard entry.payloadDigest == submission.payloadDigest,
                entry.keyID == submission.jws.keyID
            else {
                throw Refusal(Fault(.idReused, at: "id", "entry \(index) has this id"))
            }
            return index
        }
        if verifies { _ = try submission.verify(key: { book.key($0) }) }
        let index = UInt64(entries.count)
        let leaf = try leafHash(text, index, time)
        let position = Position(index: index, time: time, ledger: book.ledger ?? leaf)
        let past = entries
        try book.apply(submission, at: position) { index in
            guard index < past.count else { return nil }
            return PastEntry(statement: past[Int(index)].statement, time: past[Int(index)].time)
        }
        entries.append(
            Entry(
                time: time,
                text: text,
                statement: statement,
                payloadDigest: submission.payloadDigest,
                keyID: submission.jws.keyID
            )
        )
        known[name] = index
        lastLeaf = leaf
        return index
    }

    private func leafHash(
        _ text: [UInt8],
        _ index: UInt64,
        _ time: Timestamp
    ) throws(Refusal) -> Digest {
        do {
            return try EntryFrame(index: index, time: time, previous: lastLeaf, jws: text).leafHash
        } catch {
            throw Refusal(Fault(.entryTooLong, at: "jws", "\(error)"))
        }
    }
}
