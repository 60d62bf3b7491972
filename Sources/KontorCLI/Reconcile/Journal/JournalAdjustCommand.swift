internal import ArgumentParser
internal import Formats

/// `kontor reconcile journal adjust`: the adjustment stands in the ledger.
struct JournalAdjustCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adjust",
        abstract: "Name the ledger entry that adjusts a break.",
        discussion: """
            The payer enters adjustment.post with the id of the break, or of its dispute, first.

            Example: kontor reconcile journal adjust --journal cafe-air.journal --keys air.keys \
            --partner air --sign-key air.jwk \
            --entry 906 Xw1kq3
            """
    )

    @OptionGroup var options: JournalOptions
    @OptionGroup var signer: JournalSigner
    @Argument(help: "The break, by its id or the first characters of it.") var id: String
    @Option(help: "The index of the adjustment.post entry.") var entry: UInt64

    func run() throws {
        var file = try options.open()
        let found = try file.find(id)
        try file.append(.adjust(found.id, entry: entry), by: signer)
        try file.tell([found.id])
    }
}
