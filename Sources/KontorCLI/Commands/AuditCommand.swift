internal import ArgumentParser
internal import Foundation
internal import KontorAudit
internal import Signing
internal import VerifiableLog

/// `kontor audit`: recomputes a ledger from its bytes.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Recompute chain, tree, checkpoint, every signature, every rule and the state.",
        discussion: """
            Nothing that the source says of itself is believed; the log's verifier key comes from you. The first fault \
            is named with its place, and makes the exit status 1.

            With --url, the log is read from a server, which wants an auditor's or operator's key.

            With --since, an earlier checkpoint must be a state of the same history; with --audited besides, \
            signatures before it are not verified again.

            Example: kontor audit --tiles export --vkey ledger.example/loyalty+…
            """
    )

    @OptionGroup var source: SourceOptions
    @Option(help: "A file with an earlier checkpoint of this log.") var since: String?
    @Flag(help: "You have audited the log up to that checkpoint.") var audited = false
    @Option(
        name: .customLong("save-checkpoint"),
        help: "Where to put the checkpoint of a clean audit, for --since."
    )
    var saveCheckpoint: String?
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        guard since != nil || !audited else { throw ValidationError("--audited goes with --since") }
    }

    func run() async throws {
        try await OwnThread.run { try audit() }
    }

    private func audit() throws {
        let key = try source.readKey()
        let source = try source.open()
        let progress = ProgressLine("auditing")
        let report = try Auditor().run(source, key: key, since: try readEarlier(key)) {
            progress.update($0.entries, of: $0.size)
        }
        progress.finish()
        if json {
            Console.print(report.json.text)
        } else {
            let width = report.rows.map(\.label.count).max() ?? 0
            for row in report.rows {
                Console.print(
                    row.label.padding(toLength: width + 2, withPad: " ", startingAt: 0) + row.value
                )
            }
        }
        guard report.isClean else { throw ExitCode(1) }
        if let saveCheckpoint {
            try Data(try source.checkpoint()).write(
                to: URL(fileURLWithPath: saveCheckpoint),
                options: .atomic
            )
        }
    }

    private func readEarlier(_ key: VerifierKey) throws -> EarlierCheckpoint? {
        guard let since else { return nil }
        let note = [UInt8](try Data(contentsOf: URL(fileURLWithPath: since)))
        return try EarlierCheckpoint(opening: note, key: key, wasAudited: audited)
    }
}
