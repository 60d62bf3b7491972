import Foundation

/// A directory of a test's own, removed afterwards.
struct TemporaryDirectory: Sendable {
    let path: String

    /// Runs a body with a fresh path at which nothing exists yet.
    static func with(_ body: (TemporaryDirectory) throws -> Void) throws {
        let name = "kontor-storage-\(UUID().uuidString)"
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(TemporaryDirectory(path: path))
    }

    /// Whether there is a file of a name.
    func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: file(name))
    }

    /// The path of a file of a name.
    func file(_ name: String) -> String { path + "/" + name }
}
