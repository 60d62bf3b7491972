internal import ArgumentParser
internal import Formats
internal import Signing

/// `kontor reconcile journal keys`: the entry keys of partners, for whoever reads journals.
struct JournalKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Print the keys of a ledger's partners, one JSON object a line.",
        discussion: """
            Journals are verified by the keys that the ledger ever had for entries of the two. \
            With a file of them no ledger is at hand to read a journal.

            Example: kontor reconcile journal keys --bundle ledger.bundle --vkey log.vkey > air.keys
            """
    )

    @OptionGroup var source: SourceOptions

    func validate() throws {
        try source.requireSource()
    }

    func run() async throws {
        let source = source
        let keys = try await OwnThread.run { JournalKeyFile.list(of: try source.openBooks().book) }
        for (partner, key) in keys {
            let value: JSONValue = ["partner": .string(partner.text), "key": key.jwk]
            Console.print(value.text)
        }
    }
}
