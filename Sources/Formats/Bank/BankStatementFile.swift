public import Signing

/// A file camt.053 or camt.054 of any version, read by the local names of its elements.
///
/// Elements that are not needed are passed over; what is needed is read strictly. No external
/// entity is ever fetched.
public struct BankStatementFile: Hashable, Sendable {
    /// SHA-256 of the bytes as they came, which tells a file that comes twice.
    public let sha256: Digest
    /// The identifier of the message.
    public let messageID: String
    /// The statements or notifications in the order of the file.
    public let statements: [BankStatement]

    /// Reads a file.
    ///
    /// Throws what the reader of XML throws, `elementMissing`, `elementUnexpected`, `elementValue`,
    /// `amount`, `amountDigits`, `currency` and `date`, each with line and character.
    ///
    /// Complexity: O(n).
    public init(parsing bytes: [UInt8]) throws(FormatError) {
        sha256 = DigestBuilder.digest(bytes)
        var reading = BankStatementReading(try XMLReader(bytes, file: "camt"))
        try reading.read()
        messageID = reading.messageID
        statements = reading.statements
    }
}
