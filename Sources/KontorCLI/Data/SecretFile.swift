internal import Foundation

/// Files that only their owner may read: written with mode 0600, and refused when they are open
/// wider.
enum SecretFile {
    /// Writes a new file; an existing one is never overwritten.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            let reason =
                errno == EEXIST
                ? "there is such a file already; choose another name"
                : String(cString: strerror(errno))
            throw CommandError("\(path): \(reason)")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: bytes)
        try handle.synchronize()
        try handle.close()
    }

    /// Makes the names in a directory durable.
    static func synchronize(directory path: String) throws {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else {
            throw CommandError("\(path): \(String(cString: strerror(errno)))")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.synchronize()
        try handle.close()
    }

    /// Reads a file whose mode allows nobody but the owner.
    static func read(_ path: String) throws -> [UInt8] {
        let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        guard mode & 0o077 == 0 || isCredential(path) else {
            throw CommandError(
                "\(path): its mode is \(String(mode, radix: 8)), so others may read this key; run: chmod 600 \(path)"
            )
        }
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Whether systemd handed the file to this service: then its directory is closed to all others,
    /// and the mode of the file shows a group that is only a mask.
    private static func isCredential(_ path: String) -> Bool {
        guard let directory = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"],
            !directory.isEmpty
        else { return false }
        let file = URL(fileURLWithPath: path).standardizedFileURL.path
        return file.hasPrefix(URL(fileURLWithPath: directory).standardizedFileURL.path + "/")
    }
}
