internal import ArgumentParser
internal import Formats

/// `kontor reconcile journal dispute`: the dispute stands in the ledger.
struct JournalDisputeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dispute",
        abstract: "Name the ledger entry that opens a dispute about a break.",
        discussion: """
            Example: kontor reconcile journal dispute --journal cafe-air.journal --keys air.keys \
            --partner air --sign-key air.jwk \
            --entry 902 Xw1kq3
            """
    )

    @OptionGroup var options: JournalOptions
    @OptionGroup var signer: JournalSigner
    @Argument(help: "The break, by its id or the first characters of it.") var id: String
    @Option(help: "The index of the dispute.open entry.") var entry: UInt64

    func run() throws {
        var file = try options.open()
        let found = try file.find(id)
        try file.append(.dispute(found.id, entry: entry), by: signer)
        try file.tell([found.id])
    }
}
