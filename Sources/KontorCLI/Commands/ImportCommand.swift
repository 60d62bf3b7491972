internal import ArgumentParser
internal import Foundation
internal import KontorAudit
internal import KontorStorage
internal import Signing
internal import VerifiableLog

/// `kontor import`: a mirror of a log, made from an export.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Audit an exported log and put it into a new data directory, as a mirror.",
        discussion: """
            The mirror has the log's public key and not its secret one, and is marked as a copy: it can be audited, \
            read and exported, and takes no submissions. kontor restore makes a ledger of it that \
            may write.

            Example: kontor import --bundle ledger.bundle --vkey ledger.vkey --into mirror
            """
    )

    @OptionGroup var source: SourceOptions
    @Option(help: "The directory to make.") var into: String
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws { try source.requireSource() }

    func run() async throws {
        try await OwnThread.run { try makeMirror() }
    }

    private func makeMirror() throws {
        let key = try source.readKey()
        let source = try source.open()
        let progress = ProgressLine("auditing")
        let report = try Auditor().run(source, key: key) {
            progress.update($0.entries, of: $0.size)
        }
        progress.finish()
        if let fault = report.fault {
            throw CommandError("the log is not imported, since its audit failed: \(fault)")
        }
        let store = try SQLiteLogStore(directory: into, access: .create)
        do {
            try RestoredDirectory.becomeCopy(store)
            let size = try MirrorWriter(source: source, store: store).run()
            try store.close()
            try Data((key.text + "\n").utf8).write(
                to: URL(fileURLWithPath: into + "/log.vkey"),
                options: .atomic
            )
            show(size)
        } catch {
            try? store.close()
            throw error
        }
    }

    private func show(_ size: UInt64) {
        if json {
            let value: JSONValue = ["size": .integer(Int64(size)), "data": .string(into)]
            return Console.print(value.text)
        }
        Console.print("imported \(size.grouped) entries into \(into)")
    }
}
