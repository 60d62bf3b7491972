internal import ArgumentParser
internal import Formats

/// `kontor reconcile journal close`: nothing is to be done any more.
struct JournalCloseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Close breaks, several at once if they are of one cause.",
        discussion: """
            Example: kontor reconcile journal close --journal cafe-air.journal --keys air.keys \
            --partner air --sign-key air.jwk \
            --reason adjusted Xw1kq3
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
        try file.append(.close(ids, reason: reason), by: signer)
        try file.tell(ids)
    }
}
