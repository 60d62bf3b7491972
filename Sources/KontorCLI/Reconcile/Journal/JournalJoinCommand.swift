internal import ArgumentParser
internal import Formats

/// `kontor reconcile journal join`: the other partner takes part.
struct JournalJoinCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join",
        abstract: "Join a journal that the other partner began, on its amounts for four eyes.",
        discussion: """
            Example: kontor reconcile journal join --journal cafe-air.journal --keys air.keys \
            --partner air --sign-key air.jwk
            """
    )

    @OptionGroup var options: JournalOptions
    @OptionGroup var signer: JournalSigner

    func run() throws {
        var file = try options.open()
        try file.append(.join, by: signer)
        Console.print("\(options.journal): \(signer.partner) has joined.")
    }
}
