import Foundation
import KontorStorage
import VerifiableLog

/// The directory of a demonstration: `ledger.db`, `log.vkey` and `log.key`.
struct DemoFiles {
    let directory: String

    /// Makes the directory and an empty ledger in it, with the keys of its log beside it.
    ///
    /// The key of the log follows from the seed, so the file that holds it says that it protects nothing.
    func create(signer: NoteSigner) throws -> SQLiteLogStore {
        guard !FileManager.default.fileExists(atPath: directory + "/ledger.db") else {
            throw DemoError(
                .exists,
                "\(directory): there is a ledger already; look at it with `kontor positions --data \(directory)`, "
                    + "or name another directory"
            )
        }
        let store = try SQLiteLogStore(directory: directory, access: .create)
        try write(signer.verifier.text + "\n", to: "log.vkey", mode: 0o644)
        try write(signer.secretText + "\n", to: "log.key", mode: 0o600)
        try write(Self.notice, to: "log.key.README", mode: 0o644)
        return store
    }

    static let notice = """
        The key in log.key follows from the seed of the demonstration, as all keys of its partners do.
        Everybody can compute it. It protects nothing: never use it for a ledger that matters.

        """

    private func write(_ text: String, to name: String, mode: Int) throws {
        let path = directory + "/" + name
        let isMade = FileManager.default.createFile(
            atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: mode]
        )
        guard isMade else { throw DemoError(.broken, "\(path): cannot be written; check the directory and the disk") }
    }
}
