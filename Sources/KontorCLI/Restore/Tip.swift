internal import Foundation
internal import KontorAudit
internal import KontorStorage
internal import VerifiableLog

/// A signed checkpoint of the log that comes from outside: from a witness, a partner or a mirror.
struct Tip {
    /// The note.
    let note: SignedNote
    /// What it says.
    let checkpoint: Checkpoint

    /// Opens a note by the log's key.
    init(opening bytes: [UInt8], key: VerifierKey, at place: String) throws {
        do {
            note = try SignedNote(parsing: bytes)
            checkpoint = try Checkpoint(opening: note, logKey: key)
        } catch {
            throw RestoreError(
                .tipUnsigned,
                "\(place): \(error); give a checkpoint of this log, and its present key by --vkey"
            )
        }
    }

    /// The latest that a source shows.
    init(of source: any EntrySource, key: VerifierKey) throws {
        try self.init(opening: source.checkpoint(), key: key, at: source.place)
    }

    /// Reads a file.
    static func read(_ path: String, key: VerifierKey) throws -> Tip {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        return try Tip(opening: bytes, key: key, at: path)
    }

    /// Refuses a tip that the log at hand has passed, or that is not one of its states.
    func check(against head: LogHead, at place: String) throws(RestoreError) {
        guard checkpoint.size >= head.size else {
            throw RestoreError(
                .tipBehind,
                "the tip has \(checkpoint.size) entries, \(place) has \(head.size); "
                    + "get the latest checkpoint from a witness or partner"
            )
        }
        guard checkpoint.size > head.size || checkpoint.root == head.root else {
            throw fork(at: head.size, place)
        }
    }

    /// The error for a history other than the tip's.
    func fork(at size: UInt64, _ place: String) -> RestoreError {
        RestoreError(
            .tipFork,
            "the \(size) entries of \(place) do not lead to the tip of size \(checkpoint.size); "
                + "one of the two is a fork: keep both as evidence, and ask a witness"
        )
    }
}
