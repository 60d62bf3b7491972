/// Why a server cannot start or go on.
public struct ServerError: Error, CustomStringConvertible {
    /// The kind of fault.
    public enum Code: String, Sendable, CaseIterable {
        /// An address is in use, not one of this machine, or not allowed.
        case address
        /// The certificate or its key cannot be used.
        case tls
        /// A setting contradicts what the ledger's genesis says.
        case genesis
        /// The server was stopped by a fault below.
        case stopped
    }

    /// The kind of fault.
    public let code: Code
    /// Place, reason and way out.
    public let message: String
    /// The fault below, if there was one.
    public let cause: (any Error)?

    /// A fault.
    public init(_ code: Code, _ message: String, _ cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message, and the fault below.
    public var description: String { message + (cause.map { " [\($0)]" } ?? "") }
}
