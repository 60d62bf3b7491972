/// Why an audit or an export could not be carried out; it says nothing about whether the book is
/// true.
public struct AuditError: Error {
    /// The kind of fault, on which a caller may branch.
    public enum Code: String, Sendable, CaseIterable {
        /// There is no file, directory or log at the place.
        case notFound
        /// A file cannot be read or written by this user.
        case readOnly
        /// The disk or quota is used up.
        case diskFull
        /// A read or write failed.
        case inputOutput
        /// The target of an export holds another log, or a longer one.
        case conflict
        /// The store that is exported contradicts itself; audit it.
        case corrupt
        /// What is asked for is more than a table holds.
        case limitExceeded
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

extension AuditError: CustomStringConvertible {
    /// Code, message, and the fault below.
    public var description: String {
        let below = cause.map { " [\($0)]" } ?? ""
        return "\(code.rawValue): \(message)\(below)"
    }
}
