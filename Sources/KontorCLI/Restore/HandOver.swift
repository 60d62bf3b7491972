internal import Foundation
internal import KontorAudit
internal import KontorStorage
internal import VerifiableLog

/// Passes the right to write from an old instance, which may be running, to a restored one.
///
/// Order: audit and copy beside the running writer; the fence, in one transaction of the old
/// database, after which no commit follows; what was committed meanwhile; the key; the right to
/// write. Each step may be repeated, so a hand-over that was broken off is ended by the same
/// command. The fence names the new instance: no other one can end it.
struct HandOver {
    let new: RestoredDirectory
    let old: DataDirectory
    let key: VerifierKey
    /// What is known of the log from outside, which the old instance must extend.
    var tip: Tip?

    /// Runs all steps that are not done yet.
    func run() throws {
        try requireTwo()
        let store = try SQLiteLogStore(directory: old.path, access: .beside)
        defer { try? store.close() }
        let standing = try store.standing()
        try requireWriter(standing)
        let signer = try logKey(isFenced: standing.isFenced)
        try requireTip(store)
        let audited = try takeOver(from: store, since: nil)
        let fenced = try fence(store)
        let head = try takeOver(from: store, since: audited)
        guard try new.head().size == head.checkpoint.size else {
            throw head.fork(at: try new.head().size, new.data.path)
        }
        try moveKey(signer)
        try new.data.writeVerifier(key)
        let writing = Standing(
            instance: new.standing.instance,
            epoch: max(fenced.epoch, new.standing.epoch + 1),
            state: .writes
        )
        try new.store.replaceStanding(new.standing, with: writing)
    }

    private func requireTwo() throws(RestoreError) {
        func real(_ path: String) -> String {
            URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
        }
        guard real(new.data.path) != real(old.path) else {
            throw RestoreError(
                .notWriter,
                "\(old.path): is the restored directory itself; name the one that writes"
            )
        }
    }

    private func requireWriter(_ standing: Standing) throws(RestoreError) {
        switch standing.state {
        case .writes: return
        case .fenced(let successor):
            guard successor == new.standing.instance else {
                throw RestoreError(
                    .handedOver,
                    "\(old.path): \(standing.objection ?? "it is fenced"); "
                        + "if that instance is lost, use --new-log-key"
                )
            }
        case .copy, .restored:
            throw RestoreError(
                .notWriter,
                "\(old.path): \(standing.objection ?? "it is a copy"); name the one that writes"
            )
        }
    }

    /// An old instance that was itself set back does not have all that was acknowledged.
    private func requireTip(_ store: SQLiteLogStore) throws {
        guard let tip else { return }
        let source = StoreSource(store, place: old.path)
        let own = try Tip(of: source, key: key)
        guard own.checkpoint.size >= tip.checkpoint.size else {
            throw RestoreError(
                .tipFork,
                "\(old.path): it has \(own.checkpoint.size) of the \(tip.checkpoint.size) entries of "
                    + "the tip, so it was set back; find the one that wrote on, or use --new-log-key"
            )
        }
        let earlier = try EarlierCheckpoint(opening: tip.note.bytes, key: key)
        try CatchUp.audit(TipSource(source, tip: own.note), key: key, since: earlier)
    }

    /// Copies what the old instance has and the new one lacks, and returns the head it was taken
    /// to.
    private func takeOver(from store: SQLiteLogStore, since: Tip?) throws -> Tip {
        let source = StoreSource(store, place: old.path)
        let tip = try Tip(of: source, key: key)
        let earlier = try since.map {
            try EarlierCheckpoint(opening: $0.note.bytes, key: key, wasAudited: true)
        }
        let catchUp = CatchUp(store: new.store, place: new.data.path, key: key)
        try catchUp.run(source, to: tip, since: earlier)
        return tip
    }

    private func fence(_ store: SQLiteLogStore) throws -> Standing {
        let standing = try store.standing()
        guard !standing.isFenced else { return standing }
        let fenced = Standing(
            instance: standing.instance,
            epoch: standing.epoch + 1,
            state: .fenced(successor: new.standing.instance)
        )
        try store.replaceStanding(standing, with: fenced)
        return fenced
    }

    /// The log's key, from the old instance, or from here if it was moved before.
    private func logKey(isFenced: Bool) throws -> NoteSigner {
        let signer: NoteSigner
        if old.hasSigner {
            signer = try old.readSigner()
            guard try !new.data.hasSigner || new.data.readSigner().verifier == signer.verifier
            else {
                throw RestoreError(
                    .logKey,
                    "\(new.data.path)/log.key: is another key than the old instance's; "
                        + "put it away, then try again"
                )
            }
        } else {
            guard isFenced, new.data.hasSigner else {
                throw RestoreError(
                    .logKey,
                    "\(old.path)/log.key: there is no such file; if the key is lost, "
                        + "use --new-log-key"
                )
            }
            signer = try new.data.readSigner()
        }
        guard signer.verifier.text == key.text else {
            throw RestoreError(
                .logKey,
                "\(old.path)/log.key: is the key \(signer.verifier.text); "
                    + "give the log's present key by --vkey"
            )
        }
        return signer
    }

    /// First there, then gone here.
    private func moveKey(_ signer: NoteSigner) throws {
        if !new.data.hasSigner { try new.data.writeSigner(signer) }
        if old.hasSigner { try old.removeSigner() }
    }
}
