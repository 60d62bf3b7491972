internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// An open file that is read and written at offsets, from any thread.
package final class ByteFile: Sendable {
    /// The path, for messages.
    let path: String
    private let descriptor: Int32

    /// Opens a file for reading.
    init(reading path: String) throws(AuditError) {
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw AuditError(system: errno, at: path, doing: "open the file") }
        descriptor = opened
        self.path = path
    }

    /// Makes a file for writing, in place of any that is there.
    package init(creating path: String) throws(AuditError) {
        let opened = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard opened >= 0 else { throw AuditError(system: errno, at: path, doing: "make the file") }
        descriptor = opened
        self.path = path
    }

    /// Makes a file without a name in a directory; it is gone when it is closed.
    package init(namelessIn directory: String) throws(AuditError) {
        let path = "\(directory)/kontor-audit-\(UUID().uuidString)"
        let opened = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            throw AuditError(system: errno, at: path, doing: "make a temporary file")
        }
        _ = unlink(path)
        descriptor = opened
        self.path = path
    }

    deinit { _ = Self.closeDescriptor(descriptor) }

    /// The number of bytes.
    func byteCount() throws(AuditError) -> UInt64 {
        let end = lseek(descriptor, 0, SEEK_END)
        guard end >= 0 else { throw AuditError(system: errno, at: path, doing: "seek in the file") }
        return UInt64(end)
    }

    /// The bytes from an offset, fewer than wanted only where the file ends.
    package func bytes(at offset: UInt64, count: Int) throws(AuditError) -> [UInt8] {
        guard let start = off_t(exactly: offset) else { return [] }
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
            done = 0
            while done < count {
                let got = pread(
                    descriptor,
                    buffer.baseAddress.map { $0 + done },
                    count - done,
                    start + off_t(done)
                )
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                guard got > 0 else { return }
                done += got
            }
        }
        guard failure == 0 else {
            throw AuditError(system: failure, at: path, doing: "read the file")
        }
        return bytes
    }

    /// Writes bytes at an offset.
    func put(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(AuditError) {
        var done = 0
        while done < bytes.count {
            let put = pwrite(
                descriptor,
                bytes.baseAddress.map { $0 + done },
                bytes.count - done,
                off_t(clamping: offset) + off_t(done)
            )
            if put < 0, errno == EINTR { continue }
            guard put > 0 else {
                throw AuditError(system: errno, at: path, doing: "write the file")
            }
            done += put
        }
    }

    /// Writes bytes at an offset.
    package func put(_ bytes: [UInt8], at offset: UInt64) throws(AuditError) {
        do {
            try bytes.withUnsafeBytes { buffer in try put(buffer, at: offset) }
        } catch let error as AuditError {
            throw error
        } catch {
            throw AuditError(.inputOutput, "\(path): cannot write the file", cause: error)
        }
    }

    /// Makes the contents durable.
    func synchronize() throws(AuditError) {
        guard fsync(descriptor) == 0 else {
            throw AuditError(system: errno, at: path, doing: "sync the file")
        }
    }

    /// The whole contents of a file, or nil if there is none; at most so many bytes are read.
    static func contents(of path: String, limit: Int) throws(AuditError) -> [UInt8]? {
        let file: ByteFile
        do {
            file = try ByteFile(reading: path)
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
        let count = Int(clamping: try file.byteCount())
        return try file.bytes(at: 0, count: min(count, limit))
    }

    private static func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }
}

extension AuditError {
    /// The error that an `errno` of the system stands for.
    init(
        system number: Int32,
        at place: String,
        doing action: String,
        file: String = #fileID,
        line: Int = #line
    ) {
        let (code, way): (Code, String) =
            switch number {
            case ENOENT, ENOTDIR: (.notFound, "check the path")
            case EACCES, EPERM, EROFS: (.readOnly, "check permissions and mount options")
            case ENOSPC, EDQUOT: (.diskFull, "free some space, then try again")
            default: (.inputOutput, "check the disk, then try again")
            }
        let reason = String(cString: strerror(number))
        self.init(code, "\(place): cannot \(action): \(reason); \(way)", file: file, line: line)
    }
}
