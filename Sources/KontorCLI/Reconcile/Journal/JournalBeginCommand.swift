internal import ArgumentParser
internal import Foundation
internal import Formats
internal import KontorStorage
internal import Money
internal import Signing

/// `kontor reconcile journal begin`: the first line of a journal.
struct JournalBeginCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "begin",
        abstract: "Begin a journal with another partner.",
        discussion: """
            --four-eyes names, for each currency, the minor units above which a proposal and the \
            agreement to it take two keys of their partner each. The other partner joins.

            Example: kontor reconcile journal begin --journal cafe-air.journal --data ledger \
            --partner cafe --with air --four-eyes EUR=100000 --sign-key cafe.jwk
            """
    )

    @OptionGroup var options: JournalOptions
    @OptionGroup var signer: JournalSigner
    @Option(name: .customLong("with"), help: "The other partner.") var counterparty: String
    @Option(
        name: .customLong("four-eyes"),
        help: "CURRENCY=MINOR: amounts above take two keys; repeat for more."
    )
    var fourEyes: [String]
    @Option(help: "The ledger's id; with --data it is read from there.") var ledger: String?

    func validate() throws {
        guard Slug(counterparty) != nil else {
            throw ValidationError("--with \(counterparty) is no name of a partner")
        }
        guard options.data != nil || ledger.flatMap({ Digest($0, as: .url) }) != nil else {
            throw ValidationError("name the ledger by --ledger, 43 characters, or by --data")
        }
        _ = try amounts
    }

    func run() throws {
        let (partner, key) = try signer.read()
        guard let other = Slug(counterparty) else { return }
        let now = Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down))
        let line = JournalLine(
            ledger: try readLedger(),
            journal: nil,
            previous: .zero,
            partner: partner,
            time: Timestamp(milliseconds: now),
            act: .begin(with: other, fourEyes: try amounts)
        )
        try JournalFile.begin(
            path: options.journal,
            line: line.signed(with: key),
            keys: try options.readKeys()
        )
        Console.print("\(options.journal) begins; \(other) joins it with journal join.")
    }

    private var amounts: [JournalAct.FourEyes] {
        get throws {
            let amounts = try fourEyes.map { text in
                let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2, let currency = Currency(parts[0]),
                    let above = Int64(parts[1]), (0...JSONReader.numberLimit).contains(above)
                else { throw ValidationError("--four-eyes \(text) is not written as EUR=100000") }
                return JournalAct.FourEyes(currency: currency, above: above)
            }.sorted { $0.currency < $1.currency }
            guard Set(amounts.map(\.currency)).count == amounts.count else {
                throw ValidationError("--four-eyes names a currency twice")
            }
            return amounts
        }
    }

    private func readLedger() throws -> Digest {
        if let digest = ledger.flatMap({ Digest($0, as: .url) }) { return digest }
        let store = try DataDirectory(path: options.data ?? "").openStore()
        defer { try? store.close() }
        return try LedgerReader(store: store).ledger()
    }
}
