internal import ArgumentParser
internal import KontorStorage
internal import Ledger

/// `kontor settle bundle`: the proof bundle of a night, in one file (spec/25 §4).
struct BundleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Write one file with everything to recompute a night.",
        discussion: """
            The file holds the log, the published rates and the payees' accounts that the night \
            used. Verify it by kontor audit --settlement FILE --vkey KEY, without the ledger.

            Example: kontor settle bundle --data ledger --window 1 \
            --rates ecb=eurofxref-hist.zip --accounts accounts.jsonl --out night-1.bundle
            """
    )

    @Option(help: "The ledger's data directory.") var data: String
    @Option(help: "The calendar; may be left out where the ledger has one.") var calendar: String?
    @Option(help: "The window.") var window: UInt64
    @Option(help: "source=FILE: the money rates that the night used; repeat for more.")
    var rates: [String] = []
    @Option(help: "A file of payee accounts, opened, one JSON object a line.")
    var accounts: String?
    @Option(help: "The file to write.") var out: String

    func run() throws {
        let store = try DataDirectory(path: data).openStore()
        defer { try? store.close() }
        let book = try LedgerReader(store: store).book()
        guard let ledger = book.ledger else { throw CommandError("the ledger has no entry") }
        let bundle = NightBundle(
            calendar: try NightOptions.calendar(calendar, in: book),
            window: window,
            rates: try NightRates(options: rates).files,
            accounts: try accounts.map(AccountOpening.read) ?? []
        )
        let count = try bundle.write(store, ledger: ledger, to: out)
        Console.print("\(out): the log of \(book.size.grouped) entries and \(count) attachments")
    }
}
