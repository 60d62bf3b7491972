internal import ArgumentParser
internal import Foundation
internal import Formats
internal import Ledger
internal import Settlement
internal import Signing

/// `kontor reconcile digest`: two partners compare their books without showing them.
struct ReconcileDigestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest",
        abstract: "Compare books with those of another partner without showing them.",
        discussion: """
            Makes the digest of a window: of a partner's files (--books, --mapping), or of the \
            ledger's own rows (--data, or any other log). Without --serve and --connect it prints \
            root, count and sums.

            With --connect it starts a command, which runs the same with --serve on its standard \
            input and output, here or through ssh. Both sides then learn which transfers differ, \
            and nothing of the others but hashes; the side that serves reports on standard error.

            Exit status: 0 the books agree, 1 they differ or the exchange failed, 2 wrong usage.

            Example: kontor reconcile digest --partner cafe --with air --window network/1 \
            --books june.csv --mapping cafe.mapping \
            --connect 'ssh air kontor-cafe-june'
            Example: kontor reconcile digest --partner air --with cafe --window network/1 \
            --books cafe.ndjson --mapping air.mapping --serve
            """
    )

    @OptionGroup var pair: PairOptions
    @OptionGroup var source: SourceOptions
    @Option(help: "Only rows of this program, on both sides; repeat for more.")
    var program: [String] = []
    @Flag(help: "Answer on standard input and output.") var serve = false
    @Option(help: "A shell command that answers on its standard input and output.")
    var connect: String?
    @Option(help: "How many seconds the other side may be silent.") var timeout = 60
    @Option(help: "Stop when more transfers than this differ, 1,000 at most.") var limit = 1_000
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        guard !serve || connect == nil else {
            throw ValidationError("name one of --serve and --connect")
        }
        guard (1...86_400).contains(timeout) else {
            throw ValidationError("--timeout is from 1 to 86400 seconds")
        }
        guard (1...FormatLimits.exchangeDifferenceCount).contains(limit) else {
            throw ValidationError("--limit is from 1 to 1000")
        }
        if pair.books.isEmpty || source.isNamed { try source.requireSource() }
    }

    func run() async throws {
        let command = self
        let isEqual = try await OwnThread.run { try command.compare() }
        if !isEqual { throw ExitCode(1) }
    }

    private func compare() throws -> Bool {
        let digest = try makeDigest()
        if serve {
            var pipe = ExchangePipe(
                input: STDIN_FILENO,
                output: STDOUT_FILENO,
                timeoutSeconds: timeout
            )
            return report(try pipe.run(DigestAnswerer(digest)), pipe)
        }
        guard let connect else {
            printOwn(digest)
            return true
        }
        let other = try OtherSide(command: connect)
        defer { other.end() }
        var pipe = other.pipe(timeoutSeconds: timeout)
        return report(try pipe.run(DigestCaller(digest, differenceLimit: limit)), pipe)
    }

    private func makeDigest() throws -> BookDigest {
        let log = source.isNamed ? try source.openBooks() : nil
        guard pair.books.isEmpty else {
            let books = try OwnBooks(pair, in: log?.book)
            if !books.faults.isEmpty {
                Console.complain(
                    "kontor: \(books.faults.count.grouped) faults in the files, the first: "
                        + "\(books.faults[0].reason); these rows are not in the digest"
                )
            }
            return try SideDigest.files(books, pair, programs: program)
        }
        guard let log else { throw CommandError("name books by --books, or a log by --data") }
        return try SideDigest.ledger(log.book, log.entries, pair, programs: program)
    }

    private func report(_ result: DigestComparison, _ pipe: ExchangePipe) -> Bool {
        let told = DigestText(
            result: result,
            messageCount: pipe.messageCount,
            byteCount: pipe.byteCount
        )
        let text = json ? String(decoding: told.json.text, as: UTF8.self) : told.text
        if serve { Console.complain(text) } else { Console.print(text) }
        return result.isEqual
    }

    private func printOwn(_ digest: BookDigest) {
        if json {
            let value: JSONValue = [
                "root": .string(digest.root.base64URL), "count": .integer(Int64(digest.count)),
                "sums": .array(digest.sums.map(\.json)),
            ]
            return Console.print(value.text)
        }
        var table = Table([
            ("program", .left), ("debit", .right), ("credit", .right), ("debit reversed", .right),
            ("credit reversed", .right),
        ])
        for sum in digest.sums {
            table.add([
                sum.program, sum.debit.grouped, sum.credit.grouped, sum.reversedDebit.grouped,
                sum.reversedCredit.grouped,
            ])
        }
        Console.print("root   \(digest.root)\ncount  \(digest.count.grouped)\n\n\(table.text)")
    }
}
