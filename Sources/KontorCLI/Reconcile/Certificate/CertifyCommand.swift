internal import ArgumentParser
internal import Foundation
internal import Formats
internal import Ledger
internal import Settlement
internal import Signing

/// `kontor reconcile certify`: a partner signs that its books of a window agree.
struct CertifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certify",
        abstract: "Sign that the books of a window agree with those of the other partner.",
        discussion: """
            Reads the partner's own files by its mapping and the ledger's rows of the pair, and \
            compares them for the programs that the mapping knows. If they differ, it tells which \
            transfers do, and signs nothing. Otherwise it makes the reconciliation.certify entry \
            over root, count and sums of the window, with the SHA-256 of the partner's own file, \
            and prints it, or enters it with --submit. Two partners certify the same, each by its \
            own file; compare both first with kontor reconcile digest.

            Exit status: 0 signed, 1 the books differ, 2 wrong usage.

            Example: kontor reconcile certify --data ledger --partner cafe --with air \
            --window network/1 --books june.csv --mapping cafe.mapping --sign-key cafe.jwk --submit
            """
    )

    @OptionGroup var pair: PairOptions
    @OptionGroup var source: SourceOptions
    @Option(name: .customLong("sign-key"), help: "The partner's key for entries.")
    var signKey: String
    @Option(help: "The id to use, if not a new one.") var id: String?
    @Flag(help: "Enter it into the log that it was compared with.") var submit = false

    func validate() throws {
        try source.requireSource()
        guard !pair.books.isEmpty else {
            throw ValidationError("name the partner's own files by --books: they are certified")
        }
        guard id == nil || id.flatMap({ UUIDv7($0) }) != nil else {
            throw ValidationError("--id is a lower-case UUID of version 7")
        }
        guard !submit || source.data != nil || source.server.url != nil else {
            throw ValidationError("--submit goes with --data or --url")
        }
    }

    func run() async throws {
        let command = self
        guard let entry = try await OwnThread.run({ try command.sign() }) else {
            throw ExitCode(1)
        }
        guard submit else { return Console.print(entry) }
        try await enter(entry)
    }

    /// The signed entry, or nil if the books differ.
    func sign() throws -> [UInt8]? {
        let key = try KeyFile.read(signKey)
        let (book, entries) = try source.openBooks()
        guard let partner = Slug(pair.partner), let ledger = book.ledger else { return nil }
        let own = try OwnBooks(pair, in: book)
        guard own.faults.isEmpty else {
            throw CommandError(
                "\(own.faults.count.grouped) faults in the files, the first: "
                    + "\(own.faults[0].reason); certify files that can be read whole"
            )
        }
        let ours = try SideDigest.files(own, pair)
        let theirs = try SideDigest.ledger(book, entries, pair, programs: own.programs)
        guard ours.root == theirs.root else {
            let result = try LocalExchange.compare(ours, theirs)
            var told = DigestText(result: result)
            told.names = ("files", "ledger", "the files", "the ledger")
            Console.complain("The ledger is not as the files are; nothing was signed.")
            Console.complain(told.text)
            return nil
        }
        let whole = try SideDigest.ledger(book, entries, pair)
        let certificate: BookCertificate
        do {
            certificate = try BookCertificate(whole, signer: partner, books: own.digest)
        } catch { throw CommandError("\(error)") }
        let draft = Draft(
            .reconciliationCertify,
            in: .ledger(ledger),
            by: partner.text,
            id: try id.flatMap { UUIDv7($0) } ?? .now(),
            certificate.members
        )
        return draft.signed(by: key)
    }

    private func enter(_ entry: [UInt8]) async throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "certificate-\(ProcessInfo.processInfo.processIdentifier).jws").path
        try SecretFile.write(entry + [0x0a], to: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var arguments = [path]
        if let data = source.data { arguments += ["--data", data] }
        if let url = source.server.url {
            arguments += ["--url", url]
            if let vkey = source.vkey { arguments += ["--vkey", vkey] }
            if let roots = source.server.trustRoots { arguments += ["--trust-roots", roots] }
        }
        let command = try SubmitCommand.parse(arguments)
        try await command.run()
    }
}
