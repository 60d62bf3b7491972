internal import ArgumentParser
internal import Formats

/// `kontor reconcile journal reopen`: something is to be done again.
struct JournalReopenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reopen",
        abstract: "Open closed breaks again; their history stays.",
        discussion: """
            Example: kontor reconcile journal reopen --journal cafe-air.journal --keys air.keys \
            --partner air --sign-key air.jwk \
            --reason 'it was another transfer' Xw1kq3
            """
    )

    @OptionGroup var options: JournalOptions
    @OptionGroup var signer: JournalSigner
    @Argument(help: "The breaks, each by its id or the first characters of it.") var breaks:
        [String]
    @Option(help: "Why, for people.") var reason: String

    func run() throws {
        var file = try options.open()
        let ids = try file.ids(breaks)
        try file.append(.reopen(ids, reason: reason), by: signer)
        try file.tell(ids)
    }
}
