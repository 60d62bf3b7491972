internal import Foundation
internal import KontorEngine
internal import KontorStorage
internal import Ledger
internal import Signing
internal import VerifiableLog

/// Another log key for a restored directory whose old instance is lost, with the key in it.
///
/// The old key is not used again: nobody knows whether the lost instance still is.
struct LogKeyChange {
    let directory: RestoredDirectory

    /// Under which setting the store keeps the key that was made for it.
    ///
    /// A key that came from elsewhere may sign elsewhere, so it is not enrolled.
    private static let setting = "newLogKey"

    /// The new key, made now or before, and the index that the first entry of its enrolment has.
    func prepare(origin: String) throws -> (key: VerifierKey, index: UInt64) {
        let index = try directory.head().size
        if directory.data.hasSigner { return (try readSigner().verifier, index) }
        let signer = try NoteSigner(name: origin, key: .generate(.ed25519))
        try directory.store.setSetting(Self.setting, Array(signer.verifier.text.utf8))
        try directory.data.writeSigner(signer)
        return (signer.verifier, index)
    }

    /// Enters the operators' entries, and lets the directory write with its own key.
    func enrol(
        _ file: String,
        oldKey: VerifierKey,
        acceptTime: Bool
    ) throws -> SignedNote {
        let data = directory.data
        guard data.hasSigner else {
            throw RestoreError(
                .logKey,
                "\(data.path)/log.key: there is no such file; make one with --new-log-key"
            )
        }
        let signer = try readSigner()
        var lines = try LineSource(path: file)
        var texts: [[UInt8]] = []
        while let line = try lines.next() { texts.append(line) }
        let progress = ProgressLine("replaying")
        defer { progress.finish() }
        let checkpoint = try Enrolment(store: directory.store, oldKey: oldKey, signer: signer).run(
            texts,
            acceptTime: acceptTime
        ) { progress.update($0, of: $1) }
        try data.writeVerifier(signer.verifier)
        return checkpoint
    }

    /// Whether an enrolment took effect before and only its log.vkey may be missing, which is
    /// written then.
    static func isDone(_ data: DataDirectory) throws -> Bool {
        let store = try data.openStore()
        defer { try? store.close() }
        guard try store.standing().state == .writes, data.hasSigner, let head = try store.head()
        else { return false }
        let key = try readSigner(data, store).verifier
        _ = try Tip(opening: head.checkpoint, key: key, at: data.path)
        try data.writeVerifier(key)
        return true
    }

    private func readSigner() throws -> NoteSigner {
        try Self.readSigner(directory.data, directory.store)
    }

    /// The key that was made for this directory.
    private static func readSigner(
        _ data: DataDirectory,
        _ store: any LogStore
    ) throws -> NoteSigner {
        let signer = try data.readSigner()
        guard try store.setting(setting) == Array(signer.verifier.text.utf8) else {
            throw RestoreError(
                .logKey,
                "\(data.path)/log.key: it was not made for this directory and may be in use "
                    + "elsewhere; put it away, and make one with --new-log-key"
            )
        }
        return signer
    }
}
