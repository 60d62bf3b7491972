internal import ArgumentParser

/// `kontor reconcile mapping`: how a partner's files are read as rows of books.
struct ReconcileMappingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mapping",
        abstract: "Make, look at, sign and verify the mapping of a partner's files.",
        discussion: """
            Example: kontor reconcile mapping suggest --data ledger --partner cafe \
            --program cafe/points sample.csv > cafe.json
            Example: kontor reconcile mapping preview --mapping cafe.json sample.csv
            Example: kontor reconcile mapping sign --key cafe.jwk --out cafe.mapping cafe.json
            """,
        subcommands: [
            MappingSuggestCommand.self, MappingPreviewCommand.self, MappingSignCommand.self,
            MappingVerifyCommand.self,
        ]
    )
}
