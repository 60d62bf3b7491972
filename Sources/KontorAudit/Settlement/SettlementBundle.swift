public import Signing

/// A proof bundle: one file with everything to recompute a night (spec/25 §4).
///
///     kontor/v1/settlement-bundle\n
///     <the header, one JSON object>\n
///     <the bytes of each attachment, in order><a bundle of the log>
public struct SettlementBundle: Sendable {
    /// A file that the log names by its hash.
    public struct Attachment: Sendable {
        /// What a file can be.
        public enum Kind: String, Sendable {
            /// Published money rates.
            case rates
            /// The opening of a payee's account.
            case account
        }

        /// What it is.
        public let kind: Kind
        /// Its bytes.
        public let bytes: [UInt8]
        /// Their SHA-256.
        public let hash: Digest

        /// A file.
        ///
        /// Complexity: O(bytes).
        public init(kind: Kind, bytes: [UInt8]) {
            self.kind = kind
            self.bytes = bytes
            hash = DigestBuilder.digest(bytes)
        }
    }

    /// The first line.
    static let magic = Array("kontor/v1/settlement-bundle\n".utf8)
    /// The most bytes of a header and of one attachment.
    static let headerLimit = 1 << 20
    static let attachmentLimit = 1 << 28

    /// The id of the ledger.
    public let ledger: Digest
    /// The calendar.
    public let calendar: String
    /// The window.
    public let window: UInt64
    /// The ids of the settlements, in the order of the log.
    public let settlements: [String]
    /// The attachments, in their order.
    public let attachments: [Attachment]

    /// A bundle of a night.
    public init(
        ledger: Digest,
        calendar: String,
        window: UInt64,
        settlements: [String],
        attachments: [Attachment]
    ) {
        self.ledger = ledger
        self.calendar = calendar
        self.window = window
        self.settlements = settlements
        self.attachments = attachments
    }

    /// The bytes before the attachments, where a log of so many bytes follows them.
    func head(logByteCount: UInt64) -> [UInt8] {
        let files = attachments.map { file -> JSONValue in
            [
                "kind": .string(file.kind.rawValue), "bytes": .integer(Int64(file.bytes.count)),
                "sha256": .string(file.hash.base64URL),
            ]
        }
        let value: JSONValue = [
            "ledger": .string(ledger.base64URL), "calendar": .string(calendar),
            "window": .integer(Int64(clamping: window)),
            "settlements": .array(settlements.map { .string($0) }),
            "attachments": .array(files), "log": .integer(Int64(clamping: logByteCount)),
        ]
        return Self.magic + value.text + [0x0a]
    }
}
