internal import ArgumentParser
internal import KontorStorage
internal import Signing
internal import VerifiableLog

/// `kontor backup`: a copy of a ledger that may be in use.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy a ledger into a new directory while it is in use.",
        discussion: """
            The copy is of one moment, whatever is written meanwhile. It has ledger.db and log.vkey, never log.key or \
            keys/: keep those apart. It can be read and audited, and takes no submissions; kontor restore makes a \
            ledger of it.

            ledger.db appears in the new directory when it is whole and its checkpoint verified.

            Example: kontor backup --data ledger --to backup-1
            """
    )

    @Option(help: "The ledger's data directory.") var data: String
    @Option(help: "The directory to make.") var to: String
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        let directory = DataDirectory(path: data)
        let key = try directory.readVerifier()
        let store = try directory.openStore()
        defer { try? store.close() }
        let progress = ProgressLine("copying pages")
        defer { progress.finish() }
        let copy = try store.copy(
            to: to,
            progress: { progress.update($0, of: $1) },
            check: { head in
                try Self.check(head, key)
                try DataDirectory(path: to).writeVerifier(key)
            }
        )
        progress.finish()
        show(copy)
    }

    /// The copy's head is the one that its checkpoint states under the log's signature.
    private static func check(_ head: LogHead, _ key: VerifierKey) throws {
        let checkpoint: Checkpoint
        do {
            checkpoint = try Checkpoint(opening: SignedNote(parsing: head.checkpoint), logKey: key)
        } catch {
            throw CommandError(
                "the copy's checkpoint does not verify with log.vkey (\(error)), so no copy was made; audit the ledger"
            )
        }
        guard checkpoint.size == head.size, checkpoint.root == head.root else {
            throw CommandError(
                "the copy's head is not what its checkpoint states, so no copy was made; audit the ledger"
            )
        }
    }

    private func show(_ copy: SQLiteLogStore.Copy) {
        if json {
            let value: JSONValue = [
                "size": .integer(Int64(clamping: copy.head.size)),
                "root": .string(copy.head.root.base64),
                "bytes": .integer(Int64(clamping: copy.byteCount)),
                "instance": .string(copy.standing.instance.base64URL),
                "epoch": .integer(Int64(clamping: copy.standing.epoch)),
                "written": .string(to),
            ]
            return Console.print(value.text)
        }
        Console.print("entries  \(copy.head.size.grouped)")
        Console.print("root     \(copy.head.root.base64)")
        Console.print("file     \(to)/ledger.db, \(copy.byteCount.grouped) bytes")
        Console.print("keys     log.vkey; log.key and keys/ are not in a backup, keep them apart")
    }
}
