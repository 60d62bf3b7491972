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
    @Option(help: "The window: network/1, or network/last for the one closed last.") var window:
        String
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
        guard LedgerWindow.isWritten(window) else {
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
        let (text, isClean) = try await OwnThread.run { try command.reconcile() }
        Console.print(text)
        if !isClean { throw ExitCode(1) }
    }

    /// Runs the job and writes its files; gives what is told, and whether nothing is to explain.
    func reconcile() throws -> (text: String, isClean: Bool) {
        guard let partner = Slug(partner) else {
            throw CommandError("--partner \(partner) is no name of a partner")
        }
        let (book, entries) = try ReconcileJob.open(source)
        let window = try LedgerWindow(window, in: book)
        let folder = folder(of: window)
        let job = ReconcileJob(
            partner: partner,
            counterparty: counterparty,
            window: window,
            books: books,
            mapping: mapping,
            takesUnsigned: unsigned,
            asOf: asOf.flatMap { CivilDate($0) },
            passes: pass.compactMap { MatchPass(code: $0) }
        )
        var history = try ReconcileHistory(directory: out, folder: folder, partner: partner)
        let outcome = try job.run(book, entries) { history.check(&$0, days: $1) }
        let report = outcome.report
        if let out { try ReportFiles(directory: "\(out)/\(folder)").write(report) }
        try history.save()
        if json {
            let line = report.metrics.prefix { $0 != 0x0a }
            return (String(decoding: line, as: UTF8.self), report.isClean)
        }
        let files = out.map { "\n\nFiles of the run: \($0)/\(folder)" } ?? ""
        return (ReconcileText(report).text + files, report.isClean)
    }

    /// The name of the run's directory below `--out`.
    private func folder(of window: LedgerWindow) -> String {
        let name = "\(window.calendar)-\(window.number)-\(partner)"
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
