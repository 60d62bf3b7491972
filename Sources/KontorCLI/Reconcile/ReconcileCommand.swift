internal import ArgumentParser

/// `kontor reconcile`: the books of ledger, partner and bank compared, with nothing unexplained.
struct ReconcileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract:
            "Compare the ledger with the books of partners and bank, and explain each difference.",
        discussion: """
            Example: kontor reconcile run --data ledger --partner cafe --window network/last \\
            --books cafe.csv --mapping cafe.mapping --out books
            Example: kontor reconcile bank --data ledger --settlement \\
            network/1/multilateral/EUR/1 --bank camt053.xml
            """,
        subcommands: [
            ReconcileRunCommand.self, ReconcileMappingCommand.self, ReconcileBankCommand.self,
            ReconcileDigestCommand.self, CertifyCommand.self,
            CheckCertificateCommand.self, JournalCommand.self,
        ]
    )
}
