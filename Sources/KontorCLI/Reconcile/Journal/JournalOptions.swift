internal import ArgumentParser
internal import Foundation
internal import Formats
internal import KontorStorage
internal import Ledger
internal import Signing

/// Which journal, and where the keys of its partners are known from.
struct JournalOptions: ParsableArguments {
    @Option(help: "The journal of two partners.") var journal: String
    @Option(help: "A file of their keys, written by kontor reconcile journal keys.")
    var keys: String?
    @Option(help: "A ledger's data directory, instead of --keys.") var data: String?

    func validate() throws {
        guard (keys == nil) != (data == nil) else {
            throw ValidationError("name the partners' keys by --keys or --data")
        }
    }

    /// The keys.
    func readKeys() throws -> JournalKeys {
        if let keys { return try JournalKeyFile.read(keys) }
        let store = try DataDirectory(path: data ?? "").openStore()
        defer { try? store.close() }
        return JournalKeyFile.keys(of: try LedgerReader(store: store).book())
    }

    /// Opens the journal.
    func open() throws -> JournalFile {
        try JournalFile(path: journal, keys: try readKeys())
    }
}

/// Who appends a line.
struct JournalSigner: ParsableArguments {
    @Option(help: "The partner that signs.") var partner: String
    @Option(name: .customLong("sign-key"), help: "Its key for entries.") var signKey: String

    /// The partner and its key.
    func read() throws -> (partner: Slug, key: PrivateKey) {
        guard let partner = Slug(partner) else {
            throw ValidationError("--partner \(partner) is no name of a partner")
        }
        return (partner, try KeyFile.read(signKey))
    }
}
