internal import ArgumentParser
internal import KontorEngine
internal import Ledger
internal import Money
internal import Signing

/// `kontor settle claim`: claims the default of a payer after the deadline.
struct ClaimCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claim",
        abstract: "Claim the default of a payer that did not pay by the deadline.",
        discussion: """
            Its cover pays first, the rest is shared by those whom it owes; it is suspended. The \
            settlement goes on, and can no longer be given up.

            Example: kontor settle claim --settlement target/12/multilateral/EUR/1 \
            --debtor nordwind --data ledger --partner ops --key ops.jwk
            """
    )

    @Option(help: "The settlement.") var settlement: String
    @Option(help: "Who did not pay.") var debtor: String
    @OptionGroup var options: NightOptions

    func validate() throws {
        guard SettlementID(settlement) != nil else {
            throw ValidationError(
                "--settlement is <calendar>/<window>/<model>/<currency>/<attempt>"
            )
        }
    }

    func run() throws {
        try options.withDesk { desk in
            let members: JSONValue = [
                "settlement": .string(settlement), "debtor": .string(debtor),
            ]
            switch try desk.enter(.claimOpen, members) {
            case .done(let entry): tell(entry, desk)
            case .waits(let entry):
                Console.print("waits for another operator, who approves entry \(entry)")
            }
        }
    }

    private func tell(_ entry: UInt64, _ desk: NightDesk) {
        let claim = desk.engine.read { book in book.claims.last { $0.debtor == debtor } }
        guard let claim else { return Console.print("entry \(entry)") }
        let currency = claim.settlement.currency
        let uncovered = currency.format(minorUnits: claim.uncovered)
        Console.print(
            "entry \(entry)  \(debtor) is suspended; cover lacks \(uncovered) \(currency)"
        )
        for share in claim.shares {
            let amount = currency.format(minorUnits: share.amount)
            Console.print("  \(share.claimant) bears \(amount) \(currency)")
        }
        Console.print("what comes in later: kontor settle recover --claim \(claim.entry)")
    }
}
