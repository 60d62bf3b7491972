internal import Foundation
internal import VerifiableLog

/// Files in an exported directory that its checkpoint does not imply, and that no audit looks into.
enum UnexpectedFiles {
    /// One warning for each of the first files, and one for the number of the others.
    ///
    /// Complexity: O(files).
    static func warnings(below root: String, size: UInt64) -> [String] {
        let layout = TileLayout(size: size)
        var warnings: [String] = []
        var count = 0
        forEach(below: root) { name in
            guard name != "checkpoint" else { return }
            if let path = try? TilePath(parsing: name), layout.contains(path) { return }
            count += 1
            guard count <= AuditLimits.namedFileCount else { return }
            warnings.append("\(name): the checkpoint does not imply this file; it was not audited")
        }
        if count > AuditLimits.namedFileCount {
            warnings.append("\(count - AuditLimits.namedFileCount) more files were not audited")
        }
        return warnings
    }

    /// Hands over the path of every file below a directory, relative to it and sorted in each
    /// directory.
    static func forEach(below root: String, _ body: (String) -> Void) {
        visit(root, "", body)
    }

    private static func visit(_ root: String, _ prefix: String, _ body: (String) -> Void) {
        let manager = FileManager.default
        let directory = prefix.isEmpty ? root : "\(root)/\(prefix)"
        let names = (try? manager.contentsOfDirectory(atPath: directory)) ?? []
        for name in names.sorted() {
            let path = prefix.isEmpty ? name : "\(prefix)/\(name)"
            // Attributes are those of a link itself, so that nothing outside of the directory is
            // visited.
            let attributes = try? manager.attributesOfItem(atPath: "\(root)/\(path)")
            let isDirectory = attributes?[.type] as? FileAttributeType == .typeDirectory
            if isDirectory { visit(root, path, body) } else { body(path) }
        }
    }
}
