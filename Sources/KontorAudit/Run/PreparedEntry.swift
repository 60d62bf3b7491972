internal import Ledger
internal import Signing
internal import VerifiableLog

/// All that can be known of an entry without the entries before it.
struct PreparedEntry: Sendable {
    /// The lines of the frame that the chain checks.
    struct Link: Sendable {
        let index: UInt64
        let time: Timestamp
        let previous: Digest

        init(_ frame: EntryFrame) {
            index = frame.index
            time = frame.time
            previous = frame.previous
        }
    }

    /// How far a signature was checked.
    enum Signature: Sendable {
        case verified
        /// The key is not known yet; the book may know it at the position.
        case unknownKey
        /// Not looked at, because an earlier audit had verified it.
        case skipped
    }

    /// The index at which the source shows it.
    let index: UInt64
    /// The leaf hash of the bytes.
    let leaf: Digest
    /// The frame's lines, or the fault for which it is no frame of this source.
    ///
    /// Faults are boxed, so that an entry without any is small.
    let link: Result<Link, any Error>
    /// The signed statement and how far it was verified, or the first fault.
    let statement: Result<(SignedStatement, Signature), any Error>

    /// Whether the audit ends here at the latest.
    var hasFault: Bool {
        if case .success = link, case .success = statement { return false }
        return true
    }
}
