internal import Foundation
internal import Formats
internal import KontorAudit
internal import Signing

/// A journal on disk, to which lines are appended whole.
///
/// A line is made durable, and only after the journal with it was checked; two processes cannot
/// append at once.
struct JournalFile {
    let path: String
    private(set) var journal: BreakJournal

    /// Reads and checks a journal.
    init(path: String, keys: JournalKeys) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError(
                "\(path): there is no such journal; begin it with kontor reconcile journal begin"
            )
        }
        self.path = path
        do { journal = try BreakJournal(parsing: [UInt8](data), keys: keys) } catch {
            throw CommandError("\(path): \(error)")
        }
    }

    /// Begins a journal in a new file.
    static func begin(path: String, line: [UInt8], keys: JournalKeys) throws {
        do { _ = try BreakJournal(beginning: line, keys: keys) } catch {
            throw CommandError("\(path): \(error)")
        }
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            throw CommandError("\(path): it is there already, or cannot be written")
        }
        defer { close(file) }
        try write(line + [0x0a], to: file, path)
    }

    /// Signs what a partner does and appends it.
    mutating func append(
        _ act: JournalAct,
        by signer: JournalSigner
    ) throws {
        let (partner, key) = try signer.read()
        let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard file >= 0 else { throw CommandError("\(path): it cannot be written") }
        defer { close(file) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            throw CommandError("\(path): another process appends to it; try again")
        }
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        guard size == journal.byteCount else {
            throw CommandError("\(path): it grew meanwhile; try again")
        }
        let now = Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down))
        let draft = journal.draft(act, by: partner, at: Timestamp(milliseconds: now))
        let line = draft.signed(with: key)
        do { try journal.append(line) } catch {
            throw CommandError("\(path): \(error)")
        }
        try Self.write(line + [0x0a], to: file, path)
    }

    /// The break of a number as `journal show` gives it, or of an id or its first characters.
    func find(_ text: String) throws -> JournalBreak {
        if let number = Int(text), text.count <= 7, number > 0 {
            guard number <= journal.breaks.count else {
                throw CommandError("the journal has no break \(number); see journal show")
            }
            return journal.breaks[number - 1]
        }
        let found = journal.breaks.filter { $0.id.base64URL.hasPrefix(text) }
        guard let first = found.first else {
            throw CommandError("\(text): the journal has no such break; see journal show")
        }
        guard found.count == 1, text.count >= 4 else {
            throw CommandError("\(text): say more characters of the id, at least 4")
        }
        return first
    }

    /// The ids of some breaks, as a line has them.
    func ids(_ texts: [String]) throws -> [Digest] {
        guard !texts.isEmpty else { throw CommandError("name a break; see journal show") }
        return Array(Set(try texts.map { try find($0).id })).sorted()
    }

    /// Tells how some breaks stand now.
    func tell(_ ids: [Digest]) throws {
        Console.print(JournalText(journal).list(ids))
    }

    private static func write(_ bytes: [UInt8], to file: Int32, _ path: String) throws {
        let count = bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
        guard count == bytes.count, fsync(file) == 0 else {
            throw CommandError(
                "\(path): the line was not written whole; see whether the disk is full"
            )
        }
    }
}
