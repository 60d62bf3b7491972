internal import ArgumentParser
internal import Formats
internal import KontorAudit
internal import Ledger
internal import Signing

/// `kontor reconcile check-certificate`: recomputes what two partners certified.
struct CheckCertificateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-certificate",
        abstract: "Recompute a certificate of two partners from the log, and from a books file.",
        discussion: """
            Recomputes root, count and sums of the window from the entries of the log and compares \
            them with what was certified. With --books and --mapping it also checks that these are \
            the files which --partner certified, and that they say what the ledger says, for the \
            programs that the mapping knows.

            Exit status: 0 the certificate holds and both have signed, 1 it does not, 2 wrong usage.

            Example: kontor reconcile check-certificate --bundle ledger.bundle --vkey log.vkey \
            --partner cafe --with air --window network/1
            """
    )

    @OptionGroup var pair: PairOptions
    @OptionGroup var source: SourceOptions
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        try source.requireSource()
    }

    func run() async throws {
        let command = self
        let check = try await OwnThread.run { try command.makeCheck() }
        if json { Console.print(check.json.text) } else { Console.print(check.text) }
        if !check.holds { throw ExitCode(1) }
    }

    /// Recomputes the certificate.
    func makeCheck() throws -> CertificateCheck {
        let (book, entries) = try source.openBooks()
        guard let window = LedgerWindow(pair.window) else {
            throw ValidationError("--window \(pair.window) is not written as network/1")
        }
        let certificate = book.certificate(
            calendar: window.calendar,
            window: window.number,
            between: pair.partner,
            and: pair.counterparty
        )
        guard let certificate else {
            throw CommandError(
                "neither \(pair.partner) nor \(pair.counterparty) certified \(pair.window), or the "
                    + "ledger keeps the window no longer"
            )
        }
        let digest = try SideDigest.ledger(book, entries, pair)
        var check = CertificateCheck(certificate, ledger: digest)
        if !pair.books.isEmpty {
            let own = try OwnBooks(pair, in: book)
            let rows = try SideDigest.ledger(book, entries, pair, programs: own.programs)
            check.add(
                own.digest,
                agrees: try SideDigest.files(own, pair).root == rows.root && own.faults.isEmpty,
                of: pair.partner
            )
        }
        return check
    }
}
