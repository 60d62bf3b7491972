internal import Foundation
internal import VerifiableLog

/// The newest checkpoint in a file, and the notes of a fork beside it.
///
/// The file holds the signed note as it is, so that other tools can read it. It is replaced by
/// renaming, under a lock file, so that several processes can share it.
struct CheckpointFile: Sendable {
    let path: String

    /// The note in the file, or nil if there is none.
    func read() throws(ClientError) -> SignedNote? { try note(at: path) }

    /// The evidence of a fork that was kept, or nil.
    func readFork() throws(ClientError) -> ForkEvidence? {
        guard let seen = try note(at: path + ".fork-seen"),
            let shown = try note(at: path + ".fork-shown")
        else { return nil }
        return ForkEvidence(seen: seen, shown: shown, isProven: true)
    }

    /// Replaces the note if the file still holds the expected one; gives what it holds afterwards.
    func replace(
        _ expected: SignedNote?,
        with note: SignedNote
    ) throws(ClientError) -> SignedNote? {
        let lock = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw Self.fault(path + ".lock", "cannot be made") }
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else { throw Self.fault(path + ".lock", "cannot be locked") }
        }
        let present = try read()
        guard present == expected else { return present }
        try write(note.bytes, to: path)
        return note
    }

    /// Keeps the notes of a fork; those of an earlier one stay.
    func keep(_ fork: ForkEvidence) throws(ClientError) {
        guard try readFork() == nil else { return }
        try write(fork.seen.bytes, to: path + ".fork-seen")
        try write(fork.shown.bytes, to: path + ".fork-shown")
    }

    private func note(at path: String) throws(ClientError) -> SignedNote? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Self.fault(path, "cannot be read")
        }
        defer { try? handle.close() }
        do {
            let data = try handle.read(upToCount: LogLimits.noteByteCount + 1) ?? Data()
            return try SignedNote(parsing: [UInt8](data))
        } catch {
            throw Self.fault(path, "holds no signed note; restore it, or take it away", error)
        }
    }

    /// Writes a file durably under another name, and renames it.
    private func write(_ bytes: [UInt8], to path: String) throws(ClientError) {
        let temporary = "\(path).\(UUID().uuidString).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.fault(path, "cannot be written") }
        do {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: bytes)
            try handle.synchronize()
            try handle.close()
        } catch {
            unlink(temporary)
            throw Self.fault(path, "cannot be written", error)
        }
        let slash = path.lastIndex(of: "/")
        let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let directory = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if directory >= 0 { close(directory) } }
        guard directory >= 0, rename(temporary, path) == 0, fsync(directory) == 0 else {
            unlink(temporary)
            throw Self.fault(path, "cannot be put in its place")
        }
    }

    private static func fault(
        _ path: String,
        _ reason: String,
        _ cause: (any Error)? = nil
    ) -> ClientError {
        ClientError(.memory, at: path, "this file \(reason)", cause: cause)
    }
}
