import Foundation

/// A directory of a test's own, removed afterwards.
struct Scratch: Sendable {
    let path: String

    /// Runs a body with a fresh, empty directory.
    static func with(_ body: (Scratch) throws -> Void) throws {
        let name = "kontor-audit-\(UUID().uuidString)"
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(Scratch(path: path))
    }

    /// The path of a file of a name.
    func file(_ name: String) -> String { path + "/" + name }

    /// Writes a file.
    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    }

    /// The contents of a file.
    func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: file(name))))
    }

    /// The relative paths of all files, sorted.
    func names(below directory: String) -> [String] {
        let root = URL(fileURLWithPath: file(directory)).path
        let manager = FileManager.default
        let names = manager.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return names.sorted().filter { name in
            var isDirectory: ObjCBool = false
            _ = manager.fileExists(atPath: root + "/" + name, isDirectory: &isDirectory)
            return !isDirectory.boolValue
        }
    }
}
