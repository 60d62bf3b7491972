internal import ArgumentParser
internal import Foundation
internal import KontorEngine
internal import Ledger
internal import Signing

/// `kontor settle recover`: enters what came in after a default was claimed.
struct RecoverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Enter what came in after a default was claimed.",
        discussion: """
            It is shared by what each claimant still misses. The same amount with the same \
            document is entered once.

            Example: kontor settle recover --claim 812 --amount 50000 --evidence advice.pdf \
            --data ledger --partner ops --key ops.jwk
            """
    )

    @Option(help: "The entry that opened the claim.") var claim: UInt64
    @Option(help: "Minor units.") var amount: Int64
    @Option(help: "The document that shows it; its SHA-256 is entered.") var evidence: String
    @OptionGroup var options: NightOptions

    func validate() throws {
        guard amount > 0 else { throw ValidationError("--amount is at least 1 minor unit") }
        guard claim < 1 << 53 else { throw ValidationError("--claim is the index of an entry") }
    }

    func run() throws {
        let document = try Data(contentsOf: URL(fileURLWithPath: evidence))
        let digest = DigestBuilder.digest([UInt8](document)).base64URL
        try options.withDesk { desk in
            guard let opened = try desk.engine.acceptedEntry(at: claim) else {
                throw CommandError(
                    "the ledger has no entry \(claim); kontor settle claim prints the entry"
                )
            }
            let id = try MovementID.of(
                ["claim \(claim)", "\(amount)", digest],
                since: opened.time,
                at: desk.engine
            )
            let members: JSONValue = [
                "claim": .integer(Int64(claim)), "amount": .integer(amount),
                "evidence": .string(digest),
            ]
            guard case .done(let entry) = try desk.enter(.claimRecover, members, id: id) else {
                return
            }
            Console.print("entry \(entry)  recovered \(amount) minor units of claim \(claim)")
        }
    }
}
