internal import ArgumentParser
internal import Formats

/// `kontor reconcile journal agree`: the other partner signs a proposal.
struct JournalAgreeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agree",
        abstract: "Agree to what the other partner proposed.",
        discussion: """
            Example: kontor reconcile journal agree --journal cafe-air.journal --keys air.keys \
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
        guard let proposal = found.standing.proposal else {
            throw CommandError("nothing is proposed for this break; see journal show")
        }
        try file.append(.agree(found.id, line: proposal.line), by: signer)
        try file.tell([found.id])
    }
}
