internal import ArgumentParser

/// `kontor settle`: the night, from window to paid, and its arithmetic by itself.
struct SettleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle",
        abstract: "Settle what partners owe each other.",
        discussion: """
            The night is one command, to be run again until nothing is left to do:

            Example: kontor settle run --data ledger --partner ops --key ops.jwk --rates \
            eurofxref-hist.zip --out night
            Example: kontor settle explain fixtures/settlement/golden.json
            """,
        subcommands: [
            RunCommand.self, StatusCommand.self, CloseCommand.self, FixCommand.self,
            CalculateCommand.self, AdviseCommand.self, CollectCommand.self, PayCommand.self,
            CommitCommand.self, AbortCommand.self, ClaimCommand.self, RecoverCommand.self,
            ExposureCommand.self, BundleCommand.self, ExplainCommand.self,
        ]
    )
}
