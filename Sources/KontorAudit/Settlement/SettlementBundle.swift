public import Signing

/// A proof bundle: one file with everything to recompute a night (spec/25 §4).
///
///     kontor/v1/settlement-bundle\n
///     <the header, one JSON object>\n
///     <the bytes of each attachment, in order><a bundle of the log>
public struct SettlementBundle: Sendable {
    /// A file that the log names by its hash.
    public struct Attachment: Sendable {
        /// What it is: `rates` or `account`.
        public let kind: String
        /// Its name, without force.
        public let name: String
        /// Its bytes.
        public let bytes: [UInt8]

        /// A file.
        public init(kind: String, name: String, bytes: [UInt8]) {
            self.kind = kind
            self.name = name
            self.bytes = bytes
        }
    }

    /// The first line.
    static let magic = Array("kontor/v1/settlement-bundle\n".utf8)
    /// The most bytes of a header and of all attachments.
    static let headerLimit = 1 << 20
    static let attachmentLimit = 1 << 28

    /// The id of the ledger.
    public let ledger: Digest
    /// The calendar.
    public let calendar: String
    /// The window.
    public let window: UInt64
    /// The ids of the settlements, in their order.
    public let settlements: [String]
    /// The attachments, in their order.
    public let attachments: [Attachment]
    /// Where the log begins in the file.
    let logStart: UInt64

    /// Opens a bundle; the log is not read yet.
    ///
    /// Throws `AuditFault` `bundleMalformed` or `attachmentMismatch`.
    init(path: String) throws {
        func malformed(_ reason: String) -> AuditFault {
            AuditFault(index: nil, place: path, code: "bundleMalformed", reason: reason)
        }
        let file = try ByteFile(reading: path)
        let head = try file.bytes(at: 0, count: Self.magic.count + Self.headerLimit)
        guard head.starts(with: Self.magic),
            let end = head[Self.magic.count...].firstIndex(of: 0x0a)
        else { throw malformed("it does not begin as a settlement bundle does") }
        guard let header = try? JSONValue(parsing: Array(head[Self.magic.count..<end])),
            let ledger = header["ledger"]?.textValue.flatMap({ Digest($0, as: .url) }),
            let calendar = header["calendar"]?.textValue,
            case .integer(let window)? = header["window"], window > 0,
            case .array(let names)? = header["settlements"],
            case .array(let files)? = header["attachments"],
            case .integer(let log)? = header["log"], log >= 0
        else { throw malformed("its header has not the members of spec/25 §4") }
        var offset = UInt64(end + 1)
        var attachments: [Attachment] = []
        for file in files {
            guard let kind = file["kind"]?.textValue, ["rates", "account"].contains(kind),
                let name = file["name"]?.textValue,
                let hash = file["sha256"]?.textValue.flatMap({ Digest($0, as: .url) }),
                case .integer(let count)? = file["bytes"],
                (0...Int64(Self.attachmentLimit)).contains(count)
            else { throw malformed("an attachment has kind, name, bytes and sha256") }
            let bytes = try ByteFile(reading: path).bytes(at: offset, count: Int(count))
            guard bytes.count == Int(count), DigestBuilder.digest(bytes) == hash else {
                throw AuditFault(
                    .attachmentMismatch,
                    index: nil,
                    at: name,
                    "its bytes do not hash to what the header says"
                )
            }
            attachments.append(Attachment(kind: kind, name: name, bytes: bytes))
            offset += UInt64(count)
        }
        guard try file.byteCount() == offset + UInt64(log) else {
            throw malformed("attachments and log do not end where the file ends")
        }
        self.ledger = ledger
        self.calendar = calendar
        self.window = UInt64(window)
        settlements = names.compactMap(\.textValue)
        self.attachments = attachments
        logStart = offset
    }

    /// The bytes before the log.
    public static func header(
        ledger: Digest,
        calendar: String,
        window: UInt64,
        settlements: [String],
        attachments: [Attachment],
        log: Int
    ) -> [UInt8] {
        let files = attachments.map { file -> JSONValue in
            [
                "name": .string(file.name), "kind": .string(file.kind),
                "bytes": .integer(Int64(file.bytes.count)),
                "sha256": .string(DigestBuilder.digest(file.bytes).base64URL),
            ]
        }
        let value: JSONValue = [
            "ledger": .string(ledger.base64URL), "calendar": .string(calendar),
            "window": .integer(Int64(clamping: window)),
            "settlements": .array(settlements.map { .string($0) }),
            "attachments": .array(files), "log": .integer(Int64(log)),
        ]
        return magic + value.text + [0x0a] + attachments.flatMap(\.bytes)
    }
}
