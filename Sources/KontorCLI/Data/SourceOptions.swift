internal import ArgumentParser
internal import Foundation
internal import KontorAudit
internal import VerifiableLog

/// Where a log is read from: a data directory, a tiles directory, a bundle or a server.
struct SourceOptions: ParsableArguments {
    @Option(help: "A ledger's data directory.") var data: String?
    @Option(help: "A tlog-tiles directory.") var tiles: String?
    @Option(help: "A bundle file.") var bundle: String?
    @Option(
        help:
            "The log's verifier key, as text or in a file; with --data log.vkey beside the ledger if absent."
    )
    var vkey: String?
    @OptionGroup(title: "A server") var server: ServerOptions

    /// Requires one source and a key; commands that may do without a source ask for it.
    func requireSource() throws {
        guard [data, tiles, bundle, server.url].count(where: { $0 != nil }) == 1 else {
            throw ValidationError("name exactly one of --data, --tiles, --bundle and --url")
        }
        guard vkey != nil || data != nil else {
            throw ValidationError(
                "name the log's key by --vkey; ask the operator or a witness for it"
            )
        }
    }

    /// The source.
    func open() throws -> any EntrySource {
        if let tiles { return TilesSource(directory: tiles) }
        if let bundle { return try BundleSource(path: bundle) }
        if let client = try server.client(vkey: try readKey()) { return RemoteSource(client) }
        return try StoreSource(directory: data ?? "")
    }

    /// The key that the caller trusts.
    func readKey() throws -> VerifierKey { try Self.readKey(vkey, beside: data ?? "") }

    /// The key of `--vkey`, or the one that stands beside a ledger.
    static func readKey(_ vkey: String?, beside data: String) throws -> VerifierKey {
        guard let vkey else { return try DataDirectory(path: data).readVerifier() }
        let trimmed = vkey.trimmingCharacters(in: .whitespacesAndNewlines)
        if let key = try? VerifierKey(parsing: trimmed) { return key }
        guard let contents = FileManager.default.contents(atPath: vkey) else {
            throw CommandError(
                "--vkey \(vkey): neither a verifier key, as name+hash+base64, nor a file with one"
            )
        }
        let text = String(decoding: contents, as: UTF8.self).trimmingCharacters(in: .newlines)
        return try VerifierKey(parsing: text)
    }
}
