internal import ArgumentParser

/// `kontor reconcile`: the books of ledger, partner and bank compared, with nothing unexplained.
struct ReconcileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract:
            "Compare the ledger with the books of partners and bank, and explain each difference.",
        subcommands: [
            ReconcileRunCommand.self
        ]
    )
}
