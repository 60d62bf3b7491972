internal import ArgumentParser
internal import Foundation
internal import KontorStorage
internal import Signing
internal import VerifiableLog

/// `kontor demo`: a whole network in a directory of its own, and what came of it.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Play two weeks of a network of loyalty programmes, and audit them.",
        discussion: """
            Founds a ledger, admits the partners of fixtures/demo/network.json, has them sign \
            their agreements, and sends transfers with the mistakes that partners make. The same \
            seed gives the same checkpoint.

            Example: kontor demo --data network --transfers 20000
            """
    )

    @Option(help: "The directory to make; it must not hold a ledger.")
    var data: String

    @Option(help: "Everything follows from this number.")
    var seed: UInt64 = 1

    @Option(help: "How many transfers the partners send, from 1 to 10000000.")
    var transfers = 100_000

    @Option(help: "The folder of the repository's fixtures.")
    var fixtures = "fixtures"

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    func validate() throws {
        guard (1...10_000_000).contains(transfers) else {
            throw ValidationError("--transfers \(transfers) is not from 1 to 10000000.")
        }
        guard seed <= UInt64(1) << 53 - 1 else {
            throw ValidationError("--seed \(seed) is above 9007199254740991.")
        }
    }

    func run() throws {
        let network = try DemoNetwork(fixtures: fixtures)
        let progress = DemoProgress()
        let store = try makeStore()
        var report = try DemoRun(
            seed: seed,
            transfers: transfers,
            network: network,
            progress: progress,
            fixtures: fixtures,
            out: data + "/nights",
            books: data + "/books"
        )
        .play(store: store)
        report.audit = try audit()
        report.proof = try DemoProof(
            directory: data,
            window: UInt64(DemoNights.cutoffDays.count),
            fixtures: fixtures
        )
        Console.print(
            json ? String(decoding: report.json.text, as: UTF8.self) : report.text(directory: data)
        )
        guard report.holds else { throw ExitCode(1) }
    }

    /// Opens what was written once more, for reading, and recomputes it.
    private func audit() throws -> DemoAudit {
        let directory = DataDirectory(path: data)
        let store = try directory.openStore()
        let audit = try DemoAudit(store, place: data, key: directory.readVerifier())
        try store.close()
        return audit
    }

    /// An empty ledger with the keys of its log beside it.
    private func makeStore() throws -> SQLiteLogStore {
        guard !FileManager.default.fileExists(atPath: data + "/ledger.db") else {
            throw CommandError(
                "\(data): there is a ledger already; look at it with "
                    + "`kontor positions --data \(data)`, or name another directory"
            )
        }
        let store = try DataDirectory(path: data).create(signer: DemoLedger.logSigner(seed: seed))
        let notice = """
            The key in log.key follows from the seed of the demonstration, as its partners' keys do.
            Everybody can compute it. It protects nothing: never use it for a ledger that matters.

            """
        try Data(notice.utf8).write(to: URL(fileURLWithPath: data + "/log.key.README"))
        return store
    }
}
