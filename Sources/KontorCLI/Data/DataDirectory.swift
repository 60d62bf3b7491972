internal import Foundation
internal import KontorEngine
internal import KontorStorage
internal import Signing
internal import VerifiableLog

/// The directory of a ledger: `ledger.db`, the log's key `log.key` (secret) and `log.vkey`
/// (public).
struct DataDirectory {
    let path: String

    private func file(_ name: String) -> String { path + "/" + name }

    /// Opens the ledger for writing.
    ///
    /// The caller closes the engine. `logKey` is a file of the log's key elsewhere.
    func openEngine(
        acceptTime: Bool = false,
        logKey: String? = nil,
        queueLimit: Int = 16_384
    ) throws -> Engine {
        let store = try SQLiteLogStore(directory: path, access: .readWrite)
        do {
            // Before the key is read: a directory that may not write has none, and says why.
            try Engine.requireWriting(store)
            let progress = ProgressLine("replaying")
            defer { progress.finish() }
            return try Engine(
                store: store,
                signer: try readSigner(logKey),
                acceptTime: acceptTime,
                queueLimit: queueLimit,
                progress: { progress.update($0, of: $1) }
            )
        } catch {
            try? store.close()
            throw error
        }
    }

    /// Opens the store for writing, without an engine.
    func openWritableStore() throws -> SQLiteLogStore {
        try SQLiteLogStore(directory: path, access: .readWrite)
    }

    /// Opens the store for reading.
    func openStore() throws -> SQLiteLogStore {
        try SQLiteLogStore(directory: path, access: .readOnly)
    }

    /// Makes the directory with a new store and the keys of a log.
    func create(signer: NoteSigner) throws -> SQLiteLogStore {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard !FileManager.default.fileExists(atPath: file("log.key")) else {
            throw CommandError("\(path): there is a ledger already; choose another directory")
        }
        let store = try SQLiteLogStore(directory: path, access: .create)
        try SecretFile.write(Array((signer.secretText + "\n").utf8), to: file("log.key"))
        try Data((signer.verifier.text + "\n").utf8).write(
            to: URL(fileURLWithPath: file("log.vkey"))
        )
        return store
    }

    /// The log's signing key, from `log.key` unless it is kept elsewhere.
    func readSigner(_ path: String? = nil) throws -> NoteSigner {
        let text = String(decoding: try SecretFile.read(path ?? file("log.key")), as: UTF8.self)
        return try NoteSigner(parsing: text.trimmingCharacters(in: .newlines))
    }

    /// Whether the log's signing key is here.
    var hasSigner: Bool { FileManager.default.fileExists(atPath: file("log.key")) }

    /// Writes the log's signing key, durably; an existing one is never overwritten.
    func writeSigner(_ signer: NoteSigner) throws {
        try SecretFile.write(Array((signer.secretText + "\n").utf8), to: file("log.key"))
        try SecretFile.synchronize(directory: path)
    }

    /// Removes the log's signing key, durably.
    func removeSigner() throws {
        try FileManager.default.removeItem(atPath: file("log.key"))
        try SecretFile.synchronize(directory: path)
    }

    /// Writes the log's verifier key, durably, in place of one that is there.
    func writeVerifier(_ key: VerifierKey) throws {
        try Data((key.text + "\n").utf8).write(
            to: URL(fileURLWithPath: file("log.vkey")),
            options: .atomic
        )
        try SecretFile.synchronize(directory: path)
    }

    /// The log's verifier key as the directory states it.
    func readVerifier() throws -> VerifierKey {
        let data = try Data(contentsOf: URL(fileURLWithPath: file("log.vkey")))
        return try VerifierKey(
            parsing: String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
        )
    }
}
