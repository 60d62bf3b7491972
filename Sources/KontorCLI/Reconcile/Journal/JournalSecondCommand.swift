internal import ArgumentParser
internal import Formats

/// `kontor reconcile journal second`: the second of four eyes.
struct JournalSecondCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "second",
        abstract: "Sign a proposal or an agreement of the own house with a second key.",
        discussion: """
            Example: kontor reconcile journal second --journal cafe-air.journal --keys air.keys \
            --partner air --sign-key air.jwk \
            Xw1kq3
            """
    )

    @OptionGroup var options: JournalOptions
    @OptionGroup var signer: JournalSigner
    @Argument(help: "The break, by its id or the first characters of it.") var id: String

    func run() throws {
        var file = try options.open()
        let found = try file.find(id)
        guard let line = found.lastLine else {
            throw CommandError("the break has no line to second")
        }
        try file.append(.second(found.id, line: line), by: signer)
        try file.tell([found.id])
    }
}
