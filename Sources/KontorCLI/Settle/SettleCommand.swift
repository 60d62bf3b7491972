internal import ArgumentParser

/// `kontor settle`: the night, from window to paid, and its arithmetic by itself.
struct SettleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle",
        abstract: "Settle what partners owe each other.",
        discussion: "Example: kontor settle explain fixtures/settlement/golden.json",
        subcommands: [ExplainCommand.self]
    )
}
