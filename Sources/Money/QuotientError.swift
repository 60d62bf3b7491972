/// Why a calculation with exact numbers has no result.
public enum QuotientError: Error, Hashable, Sendable {
    /// A part of the result, in lowest terms, is 2^127 or more.
    case overflow
    /// The divisor is 0.
    case divisionByZero
}
