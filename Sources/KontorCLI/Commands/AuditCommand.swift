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
            signatures before it are not verified again. Where the log had another key then, name that one \
            by --since-vkey; the present key stays that of --vkey.

            With --statement, a partner's own statement is verified with nothing but the two files \
            beside it and the key.

            Example: kontor audit --tiles export --vkey ledger.example/loyalty+…
            Example: kontor audit --statement night/cafe.json --vkey ledger.example/loyalty+…
            """
    )

    @OptionGroup var source: SourceOptions
    @Option(help: "A file with an earlier checkpoint of this log.") var since: String?
    @Option(
        name: .customLong("since-vkey"),
        parsing: .singleValue,
        help: "A verifier key that the log had before, as text or in a file; may be repeated."
    )
    var earlierKeys: [String] = []
    @Flag(help: "You have audited the log up to that checkpoint.") var audited = false
    @Option(
        name: .customLong("save-checkpoint"),
        help: "Where to put the checkpoint of a clean audit, for --since."
    )
    var saveCheckpoint: String?
    @OptionGroup(title: "A partner's statement") var proof: StatementOptions
    @Option(help: "A proof bundle of a night, as settle bundle writes it.")
    var settlement: String?
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        if settlement == nil, proof.statement == nil {
            try source.requireSource()
        } else if source.vkey == nil {
            throw ValidationError("name the log's key by --vkey")
        }
        guard since != nil || !audited else { throw ValidationError("--audited goes with --since") }
        guard since != nil || earlierKeys.isEmpty else {
            throw ValidationError("--since-vkey goes with --since")
        }
    }

    func run() async throws {
        try await OwnThread.run { try audit() }
    }

    private func audit() throws {
        if let path = proof.statement {
            return try proof.audit(path, key: try source.readKey(), json: json)
        }
        let key = try source.readKey()
        let progress = ProgressLine("auditing")
        let shown = { (step: AuditProgress) in progress.update(step.entries, of: step.size) }
        if let settlement {
            let report = try SettlementAudit().run(settlement, key: key, progress: shown)
            progress.finish()
            return try print(report)
        }
        let source = try source.open()
        let report = try Auditor().run(
            source,
            key: key,
            since: try readEarlier(key),
            progress: shown
        )
        progress.finish()
        try print(report)
        if let saveCheckpoint {
            try Data(try source.checkpoint()).write(
                to: URL(fileURLWithPath: saveCheckpoint),
                options: .atomic
            )
        }
    }

    private func print(_ report: AuditReport) throws {
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
    }

    private func readEarlier(_ key: VerifierKey) throws -> EarlierCheckpoint? {
        guard let since else { return nil }
        let note = [UInt8](try Data(contentsOf: URL(fileURLWithPath: since)))
        return try EarlierCheckpoint(
            opening: note,
            keys: key,
            try earlierKeys.map { try SourceOptions.readKey($0, beside: "") },
            wasAudited: audited
        )
    }
}
