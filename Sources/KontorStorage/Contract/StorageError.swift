/// What went wrong between the ledger and the place where it is kept.
public struct StorageError: Error {
    /// The kind of fault, on which a caller may branch.
    public enum Code: String, Sendable, CaseIterable {
        /// There is no store at the place.
        case notFound
        /// There is a store at the place already.
        case alreadyExists
        /// Another process or object holds the writer lock.
        case lockedByWriter
        /// The disk, quota or page limit is used up; nothing of the call took effect.
        case diskFull
        /// The store was opened for reading, or the file cannot be written.
        case readOnly
        /// The store is a copy, or gave the right to write away.
        case fenced
        /// The store was written by a newer version of the software.
        case newerVersion
        /// The file is no ledger, or its contents contradict themselves.
        case corrupt
        /// The call does not fit what is stored; nothing of it took effect.
        case conflict
        /// A limit of `StorageLimits` is exceeded; nothing of the call took effect.
        case limitExceeded
        /// A read or write failed.
        ///
        /// After `append` the outcome is unknown: close, reopen, read the head.
        case inputOutput
        /// The store was closed.
        case closed
    }

    /// The line of source that reported the fault.
    public struct Location: Sendable, Hashable {
        /// Module and file, as `#fileID` gives them.
        public let file: String
        /// The line, counted from 1.
        public let line: Int
    }

    /// The kind of fault.
    public let code: Code
    /// Place, reason and way out, in one or two sentences.
    public let message: String
    /// The fault below, if one was reported.
    public let cause: (any Error)?
    /// Where in the source the fault was reported.
    public let location: Location

    /// A fault, reported from the calling line.
    public init(
        _ code: Code,
        _ message: String,
        cause: (any Error)? = nil,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.code = code
        self.message = message
        self.cause = cause
        location = Location(file: file, line: line)
    }
}

extension StorageError: CustomStringConvertible {
    /// Code, message, and the fault below.
    public var description: String {
        let below = cause.map { " [\($0)]" } ?? ""
        return "\(code.rawValue): \(message)\(below)"
    }
}
