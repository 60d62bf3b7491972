internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The right to write to a directory: flock(2) on `ledger.lock`.
///
/// The kernel gives the lock to one open file at a time, in this process or another, and takes it
/// back when its holder ends, however it ends; so none is ever left over. Readers take no lock.
/// A file of its own is locked because closing any descriptor of `ledger.db` would drop the locks
/// that SQLite holds on it.
final class WriterLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Takes the lock at once, or throws `lockedByWriter`.
    init(path: String) throws(StorageError) {
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard opened >= 0 else {
            throw StorageError(system: errno, at: path, doing: "open the lock file")
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let number = errno
            _ = Self.closeDescriptor(opened)
            guard number == EWOULDBLOCK else {
                throw StorageError(system: number, at: path, doing: "lock the file")
            }
            throw StorageError(
                .lockedByWriter,
                "\(path): another process writes to this ledger; end it, or open for reading"
            )
        }
        descriptor = Mutex(opened)
    }

    deinit { release() }

    /// Gives the lock back.
    ///
    /// A second call does nothing.
    func release() {
        descriptor.withLock { descriptor in
            guard let opened = descriptor else { return }
            _ = Self.closeDescriptor(opened)
            descriptor = nil
        }
    }

    private static func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }
}
