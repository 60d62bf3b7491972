internal import ArgumentParser

/// `kontor reconcile run`: one window of the ledger against the books of one partner.
struct ReconcileRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Match a window of the ledger with the books of a partner."
    )

    @OptionGroup var source: SourceOptions

    func validate() throws {
        try source.requireSource()
    }

    func run() async throws {}
}
