internal import Foundation

/// Writes many files below a directory so that none is ever seen half written, and syncs them
/// together.
///
/// A file is written under another name and renamed. It is durable after `synchronize()`. A file
/// that is there with the same bytes is left alone, so that nothing that is published is put at
/// risk.
struct DurableFiles {
    /// The directory.
    let root: String
    private var files: [String] = []
    private var directories: Set<String> = []
    private var made: Set<String> = []

    /// Files below a directory, which is made if it is not there.
    init(root: String) throws(AuditError) {
        self.root = root
        try makeDirectory(root)
    }

    /// Writes a file; it becomes durable with the next sync.
    ///
    /// Complexity: O(n).
    mutating func write(_ bytes: [UInt8], to name: String) throws(AuditError) {
        let path = "\(root)/\(name)"
        let directory = Self.parent(of: path)
        try makeDirectory(directory)
        let present = try ByteFile.contents(of: path, limit: bytes.count + 1)
        if present != bytes {
            let file = try ByteFile(creating: path + ".new")
            try file.put(bytes, at: 0)
            try rename(path + ".new", path)
        }
        files.append(path)
        directories.insert(directory)
        if files.count >= AuditLimits.unsyncedFileCount { try synchronize() }
    }

    /// Writes a file whose appearance publishes the others: it is durable before and after it has
    /// its name.
    mutating func publish(_ bytes: [UInt8], as name: String) throws(AuditError) {
        try synchronize()
        let path = "\(root)/\(name)"
        let file = try ByteFile(creating: path + ".new")
        try file.put(bytes, at: 0)
        try file.synchronize()
        try Self.publish(path + ".new", as: path)
    }

    /// Makes everything that was written durable: files first, then their directories.
    mutating func synchronize() throws(AuditError) {
        for path in files { try ByteFile(reading: path).synchronize() }
        for path in directories.sorted() { try ByteFile(reading: path).synchronize() }
        files.removeAll(keepingCapacity: true)
        directories.removeAll(keepingCapacity: true)
    }

    /// Gives a synced file its name, with the directory held open across the rename and synced
    /// after it.
    static func publish(_ temporary: String, as path: String) throws(AuditError) {
        let directory = try ByteFile(reading: parent(of: path))
        guard Foundation.rename(temporary, path) == 0 else {
            throw AuditError(system: errno, at: path, doing: "rename the file")
        }
        try directory.synchronize()
    }

    private func rename(_ temporary: String, _ path: String) throws(AuditError) {
        guard Foundation.rename(temporary, path) == 0 else {
            throw AuditError(system: errno, at: path, doing: "rename the file")
        }
    }

    private mutating func makeDirectory(_ path: String) throws(AuditError) {
        guard made.insert(path).inserted else { return }
        var missing: [String] = []
        var next = path
        while !next.isEmpty, next != "/", !FileManager.default.fileExists(atPath: next) {
            missing.append(next)
            next = Self.parent(of: next)
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
        } catch {
            throw AuditError(
                .readOnly,
                "\(path): the directory cannot be made; choose one that can be written",
                cause: error
            )
        }
        for directory in missing { directories.insert(Self.parent(of: directory)) }
    }

    /// The directory of a path.
    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
