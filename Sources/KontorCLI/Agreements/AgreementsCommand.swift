internal import ArgumentParser

/// `kontor agreements`: what agreements do together.
struct AgreementsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreements",
        abstract: "Look at agreements together: cycles that gain, ways round, losses.",
        subcommands: [AgreementsCheckCommand.self]
    )
}
