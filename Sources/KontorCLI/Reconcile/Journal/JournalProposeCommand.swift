internal import ArgumentParser
internal import Formats
internal import Money
internal import Signing

/// `kontor reconcile journal propose`: who pays what for a break.
struct JournalProposeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose",
        abstract: "Propose who pays what for a break; 0 if nobody.",
        discussion: """
            An amount above that of the journal waits for a second key: journal second.

            Example: kontor reconcile journal propose --journal cafe-air.journal --keys air.keys \
            --partner air --sign-key air.jwk \
            --payer cafe --amount 17750 --currency EUR --reason 'the row is missing' Xw1kq3
            """
    )

    @OptionGroup var options: JournalOptions
    @OptionGroup var signer: JournalSigner
    @Argument(help: "The break, by its id or the first characters of it.") var id: String
    @Option(help: "The partner that pays.") var payer: String
    @Option(help: "Minor units, 0 or more.") var amount: Int64
    @Option(help: "The currency.") var currency: String
    @Option(help: "Why, for people.") var reason: String

    func run() throws {
        var file = try options.open()
        let found = try file.find(id)
        guard let payer = Slug(payer), let currency = Currency(currency), amount >= 0 else {
            throw ValidationError("--payer is a partner, --currency like EUR, --amount 0 or more")
        }
        let proposal = JournalAct.Proposal(
            payer: payer,
            currency: currency,
            amount: amount,
            reason: reason
        )
        try file.append(.propose(found.id, proposal), by: signer)
        try file.tell([found.id])
    }
}
