internal import ArgumentParser
internal import Formats
internal import Settlement
internal import Signing

/// `kontor reconcile run`: one window of the ledger against the books of one partner.
struct ReconcileRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Match a window of the ledger with the books of a partner.",
        discussion: """
            Reads the partner's files by its signed mapping, matches them with what the ledger has \
            in the window, and explains each difference from data. The files of the run go to a \
            directory below --out: matched, unmatched, breaks, evidence and metrics as JSON and \
            CSV, and report.html to read and print. The same inputs give the same bytes; files \
            that were read before, for another window, are noticed by the history in --out.

            A data directory is taken as it is; tiles, bundles and servers are audited first.

            Exit status: 0 nothing to explain, 1 differences or lines that cannot be read, 2 wrong \
            usage.

            Example: kontor reconcile run --data ledger --partner cafe --window network/1 \
            --books cafe-june.csv --mapping cafe.mapping --out books
            Example: kontor reconcile run --bundle ledger.bundle --vkey log.vkey --partner cafe \
            --window network/1 --books cafe-june.csv --mapping cafe.mapping --dry-run
            """
    )

    @OptionGroup var source: SourceOptions
    @Option(help: "The partner whose books are compared.") var partner: String
    @Option(name: .customLong("with"), help: "Only with this other partner.")
    var counterparty: String?
    @Option(help: "CALENDAR/NUMBER: the window; network/1.") var window: String
    @Option(help: "A file of the partner's books; repeat for more.") var books: [String] = []
    @Option(help: "The partner's signed mapping.") var mapping: String
    @Flag(help: "Take a mapping that nobody signed; goes with --dry-run.") var unsigned = false
    @Option(help: "Where the files of the run and the history go.") var out: String?
    @Flag(name: .customLong("dry-run"), help: "Write nothing.") var dryRun = false
    @Option(
        name: .customLong("as-of"),
        help: "The day of the run, for ages; the day of the ledger's last entry if absent."
    )
    var asOf: String?
    @Option(help: "Try only this pass, P1 to P6; repeat for more.") var pass: [String] = []
    @Flag(help: "Print one JSON object: the figures.") var json = false

    func validate() throws {
        try source.requireSource()
        guard Slug(partner) != nil else {
            throw ValidationError("--partner \(partner) is no name of a partner")
        }
        guard counterparty != partner else {
            throw ValidationError("--with is another partner than --partner")
        }
        guard LedgerWindow(window) != nil else {
            throw ValidationError("--window \(window) is not written as network/1")
        }
        guard !books.isEmpty else { throw ValidationError("name the partner's files by --books") }
        guard dryRun != (out != nil) else {
            throw ValidationError("name either --out, or --dry-run to write nothing")
        }
        guard dryRun || !unsigned else {
            throw ValidationError("--unsigned goes with --dry-run: have the mapping signed")
        }
        if let asOf, CivilDate(asOf) == nil {
            throw ValidationError("--as-of \(asOf) is not written as 2026-06-11")
        }
        for text in pass where MatchPass(code: text) == nil {
            throw ValidationError("--pass \(text) is not one of P1 to P6")
        }
    }

    func run() async throws {
        let command = self
        let isClean = try await OwnThread.run { try command.reconcile() }
        if !isClean { throw ExitCode(1) }
    }

    /// Runs the job and tells what came of it; gives whether there is nothing to explain.
    private func reconcile() throws -> Bool {
        guard let partner = Slug(partner), let window = LedgerWindow(window) else { return false }
        let job = ReconcileJob(
            source: source,
            partner: partner,
            counterparty: counterparty,
            window: window,
            books: books,
            mapping: mapping,
            takesUnsigned: unsigned,
            asOf: asOf.flatMap { CivilDate($0) },
            passes: pass.compactMap { MatchPass(code: $0) }
        )
        let outcome = try job.run { _, _ in }
        let report = outcome.report
        if let out {
            let files = try ReportFiles(directory: "\(out)/\(folder)")
            _ = try files.write(report)
        }
        if json {
            Console.print(report.metrics.dropLast().asArray)
        } else {
            Console.print(ReconcileText(report).text)
            if let out { Console.print("\nFiles of the run: \(out)/\(folder)") }
        }
        return report.isClean
    }

    /// The name of the run's directory below `--out`.
    private var folder: String {
        let name = "\(window.replacing("/", with: "-"))-\(partner)"
        return counterparty.map { "\(name)-\($0)" } ?? name
    }
}

extension MatchPass {
    /// The pass of a code, or nil.
    init?(code: String) {
        guard let pass = MatchPass.allCases.first(where: { $0.code == code }) else { return nil }
        self = pass
    }
}

extension ArraySlice {
    /// The elements as an array.
    fileprivate var asArray: [Element] { Array(self) }
}
