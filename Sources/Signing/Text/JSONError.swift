/// Why a text is not strict I-JSON, or not of the expected type, and where.
public struct JSONError: Error, Hashable, Sendable {
    /// What is wrong; the raw value is the stable code of spec/02 §2.
    public enum Reason: String, Sendable, CaseIterable {
        /// Not JSON by RFC 8259.
        case syntax
        /// Not valid UTF-8.
        case encoding
        /// An unpaired surrogate escape.
        case surrogate
        /// A raw control character in a string.
        case controlCharacter
        /// A number with a fraction.
        case fraction
        /// A number with an exponent.
        case exponent
        /// The number `-0`.
        case negativeZero
        /// A number with a leading zero.
        case leadingZero
        /// A number beyond ±(2^53 − 1).
        case numberRange
        /// Nested deeper than eight.
        case depth
        /// Bytes after the value.
        case trailingBytes
        /// A member that occurs twice, after unescaping.
        case duplicateMember
        /// Another type stands where an object is due.
        case notAnObject
        /// Another type stands where an array is due.
        case notAnArray
        /// Another type stands where a string is due.
        case notAString
        /// Another type stands where an integer is due.
        case notAnInteger
        /// Another type stands where a boolean is due.
        case notABoolean
        /// A string that is not 22 characters of base64url where a 128-bit identifier is due.
        case notAnIdentifier
        /// A string that is not 43 characters of base64url where a digest is due.
        case notADigest
    }

    /// What is wrong.
    public let reason: Reason
    /// The offset of the fault, in bytes from the start of the text.
    public let offset: Int

    /// A fault at an offset.
    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}
