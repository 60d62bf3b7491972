internal import Foundation
public import KontorStorage
internal import Signing
internal import VerifiableLog

/// Writes the log of a store as a static tlog-tiles directory, and later brings it up to date
/// (spec/18 §3).
///
/// Order: hash tiles and entry bundles, synced; then `checkpoint`, by a rename; then the partial
/// tiles of older checkpoints go. A crash leaves the older checkpoint with all that it implies.
/// Full tiles are never written again.
public struct TilesExporter {
    /// What an export wrote.
    public struct Outcome: Sendable, Hashable {
        /// The size of the published checkpoint.
        public let size: UInt64
        /// The size of the checkpoint that was there before, 0 if there was none.
        public let oldSize: UInt64
        /// Hash tiles and bundles written, full and partial.
        public let fileCount: Int
    }

    private let store: any LogStore
    private let directory: String

    /// An exporter of a store into a directory, which is made if it is not there.
    public init(_ store: any LogStore, directory: String) {
        self.store = store
        self.directory = directory
    }

    /// Exports up to the present head.
    ///
    /// Throws `conflict` if the directory holds another log or a longer one, `corrupt` if the
    /// entries of the store do not hash to its head, `notFound` for an empty log.
    ///
    /// Complexity: O(bytes of new entries).
    public func export(progress: (AuditProgress) -> Void = { _ in }) throws -> Outcome {
        let head = try StoreEntries.head(of: store)
        let old = try published()
        guard old.map({ $0.size <= head.size }) ?? true else { throw conflict("a longer log") }
        var files = try DurableFiles(root: directory)
        let start = (old?.size ?? 0) & ~0xff
        var growth = try TileGrowth(store, from: start)
        if growth.size == old?.size { try check(old, root: growth.root) }
        var fileCount = 0
        try StoreEntries.forEach(in: start..<head.size, of: store, after: growth.lastLeaf) {
            entry in
            for (path, bytes) in try growth.append(entry) {
                try files.write(bytes, to: path.description)
                fileCount += 1
            }
            if growth.size == old?.size { try check(old, root: growth.root) }
            if growth.size & 0xfff == 0 {
                progress(AuditProgress(entries: growth.size, size: head.size, transfers: 0))
            }
        }
        guard growth.root == head.root else { throw StoreEntries.damaged }
        for (path, bytes) in growth.partial {
            try files.write(bytes, to: path.description)
            fileCount += 1
        }
        try files.publish(head.checkpoint, as: "checkpoint")
        removeOldPartials(size: head.size)
        return Outcome(size: head.size, oldSize: old?.size ?? 0, fileCount: fileCount)
    }

    private func published() throws -> Checkpoint? {
        let path = "\(directory)/checkpoint"
        guard let note = try ByteFile.contents(of: path, limit: LogLimits.noteByteCount) else {
            return nil
        }
        do {
            return try Checkpoint(parsing: try SignedNote(parsing: note).text)
        } catch {
            throw conflict("a checkpoint that is none (\(error))")
        }
    }

    private func check(_ old: Checkpoint?, root: Digest) throws(AuditError) {
        guard let old, old.root != root else { return }
        throw conflict("another log of size \(old.size)")
    }

    private func conflict(_ what: String) -> AuditError {
        AuditError(.conflict, "\(directory): it holds \(what); export into an empty directory")
    }

    /// Removes partial tiles that the published checkpoint does not imply, and what a crash left
    /// half written.
    private func removeOldPartials(size: UInt64) {
        let layout = TileLayout(size: size)
        UnexpectedFiles.forEach(below: directory) { name in
            let isHalf = name.hasSuffix(".new")
            let path = try? TilePath(parsing: isHalf ? String(name.dropLast(4)) : name)
            let isOld = path.map { isHalf || $0.isPartial && !layout.contains($0) } ?? false
            guard isOld || name == "checkpoint.new" else { return }
            try? FileManager.default.removeItem(atPath: "\(directory)/\(name)")
            // The directory of partial widths goes when it is empty, and stays otherwise.
            if isOld { _ = rmdir(DurableFiles.parent(of: "\(directory)/\(name)")) }
        }
    }
}
