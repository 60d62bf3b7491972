import ArgumentParser
import Foundation
import Signing
import VerifiableLog

/// `kontor demo`: a whole network in a directory of its own, and what came of it.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Play two weeks of a network of loyalty programmes, and audit them.",
        discussion: """
            Founds a ledger, admits the partners of fixtures/demo/network.json, has them sign their agreements,
            and sends transfers with the mistakes that partners make. The same seed gives the same checkpoint.

            Example: kontor demo --data /tmp/network --transfers 20000
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
        let progress = DemoProgress(isShown: isatty(2) == 1)
        let store = try DemoFiles(directory: data).create(signer: DemoLedger.logSigner(seed: seed))
        let demo = DemoRun(seed: seed, transfers: transfers, network: network, progress: progress)
        var report = try demo.play(store: store)
        report.audit = try DemoAudit(directory: data, seed: seed, progress: progress)
        let text = json ? String(decoding: report.json.text, as: UTF8.self) : report.text(directory: data)
        print(text)
        guard report.holds else { throw ExitCode(1) }
    }
}
