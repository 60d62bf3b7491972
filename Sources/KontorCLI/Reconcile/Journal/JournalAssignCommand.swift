internal import ArgumentParser
internal import Formats
internal import Signing

/// `kontor reconcile journal assign`: a desk sees to some breaks.
struct JournalAssignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign",
        abstract: "Give breaks to a desk of either house.",
        discussion: """
            A desk is a name like points-desk: the journal has no names of people.

            Example: kontor reconcile journal assign --journal cafe-air.journal --keys air.keys \
            --partner air --sign-key air.jwk \
            --to points-desk Xw1kq3
            """
    )

    @OptionGroup var options: JournalOptions
    @OptionGroup var signer: JournalSigner
    @Argument(help: "The breaks, each by its id or the first characters of it.") var breaks:
        [String]
    @Option(help: "The desk.") var to: String

    func run() throws {
        var file = try options.open()
        let ids = try file.ids(breaks)
        guard let desk = Slug(to) else {
            throw ValidationError("--to \(to) is not written as points-desk")
        }
        try file.append(.assign(ids, to: desk), by: signer)
        try file.tell(ids)
    }
}
