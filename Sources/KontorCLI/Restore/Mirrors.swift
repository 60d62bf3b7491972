internal import Foundation
internal import KontorAudit
internal import VerifiableLog

/// Places that hold the log: tiles directories, bundles and data directories.
struct Mirrors {
    /// The paths, in the order in which they are tried.
    let paths: [String]

    /// The source of a path.
    static func open(_ path: String) throws -> any EntrySource {
        let manager = FileManager.default
        var isDirectory: ObjCBool = false
        guard manager.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw RestoreError(.mirrorMissing, "\(path): there is no such file; check the path")
        }
        if manager.fileExists(atPath: path + "/ledger.db") {
            return try StoreSource(directory: path)
        }
        return isDirectory.boolValue ? TilesSource(directory: path) : try BundleSource(path: path)
    }

    /// The first source whose own checkpoint is the tip, or nil.
    ///
    /// A mirror with a later checkpoint proves that the tip is old. One with an earlier checkpoint
    /// is passed over.
    func source(of tip: Tip, key: VerifierKey) throws -> (any EntrySource)? {
        var found: (any EntrySource)?
        for path in paths {
            let source = try Self.open(path)
            let own = try Tip(of: source, key: key).checkpoint
            guard own.size <= tip.checkpoint.size else {
                throw RestoreError(
                    .tipBehind,
                    "the tip has \(tip.checkpoint.size) entries, \(path) has \(own.size) under the "
                        + "log's signature; give its checkpoint as the tip"
                )
            }
            guard own.size == tip.checkpoint.size else { continue }
            guard own.root == tip.checkpoint.root else { throw tip.fork(at: own.size, path) }
            found = found ?? source
        }
        return found
    }
}
