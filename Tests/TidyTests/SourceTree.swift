import Foundation

/// The files of the repository as they lie beside this test.
struct SourceTree {
    let top: URL
    /// Every file that could be committed, sorted, relative to the top.
    let paths: [String]

    /// The tree that this file was compiled from.
    static let here = SourceTree(
        top: URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    )

    init(top: URL) {
        self.top = top
        paths = Self.list(top, prefix: "").sorted()
    }

    func bytes(of path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: top.appending(path: path)))
    }

    func file(_ path: String) throws -> SourceFile {
        SourceFile(path: path, text: String(decoding: try bytes(of: path), as: UTF8.self))
    }

    /// Text files but fixtures, which quote what others wrote.
    var ownTexts: [String] { paths.filter { !$0.hasPrefix("fixtures/") } }

    private static func list(_ folder: URL, prefix: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.flatMap { name -> [String] in
            guard !isIgnored(name) else { return [] }
            let url = folder.appending(path: name)
            let values = try? url.resourceValues(forKeys: [.isDirectoryKey, .isSymbolicLinkKey])
            guard values?.isSymbolicLink != true else { return [] }
            return values?.isDirectory == true
                ? list(url, prefix: prefix + name + "/") : [prefix + name]
        }
    }

    /// What `.gitignore` names, and git itself.
    private static func isIgnored(_ name: String) -> Bool {
        if name.hasPrefix("."), ![".ci", ".swift-format", ".gitignore"].contains(name) {
            return true
        }
        return name == "Package.resolved" || name == "__pycache__"
            || [".db", ".db-wal", ".db-shm"].contains { name.hasSuffix($0) }
    }
}
