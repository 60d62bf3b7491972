internal import ArgumentParser
internal import Formats

/// `kontor reconcile journal comment`: something to be known.
struct JournalCommentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comment",
        abstract: "Say something about breaks, for people.",
        discussion: """
            Example: kontor reconcile journal comment --journal cafe-air.journal --keys air.keys \
            --partner air --sign-key air.jwk \
            --text 'we look for the file of that day' Xw1kq3
            """
    )

    @OptionGroup var options: JournalOptions
    @OptionGroup var signer: JournalSigner
    @Argument(help: "The breaks, each by its id or the first characters of it.") var breaks:
        [String]
    @Option(help: "The text, up to 1,000 characters.") var text: String

    func run() throws {
        var file = try options.open()
        let ids = try file.ids(breaks)
        try file.append(.comment(ids, text: text), by: signer)
        try file.tell(ids)
    }
}
