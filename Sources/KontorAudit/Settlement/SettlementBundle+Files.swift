internal import Signing
internal import VerifiableLog

extension SettlementBundle {
    /// Writes the bundle with the log in a file, as `BundleExporter` makes it; the bundle appears
    /// when it is whole and durable.
    ///
    /// Complexity: O(bytes), in constant memory besides the attachments.
    public func write(to path: String, logAt logPath: String) throws {
        let log = try ByteFile(reading: logPath)
        let count = try log.byteCount()
        let file = try ByteFile(creating: path + ".new")
        var offset: UInt64 = 0
        func put(_ bytes: [UInt8]) throws {
            try file.put(bytes, at: offset)
            offset += UInt64(bytes.count)
        }
        try put(head(logByteCount: count))
        for attachment in attachments { try put(attachment.bytes) }
        var done: UInt64 = 0
        while done < count {
            let bytes = try log.bytes(at: done, count: AuditLimits.readByteCount)
            guard !bytes.isEmpty else {
                throw AuditError(.corrupt, "\(logPath): it became shorter")
            }
            try put(bytes)
            done += UInt64(bytes.count)
        }
        try file.synchronize()
        try DurableFiles.publish(path + ".new", as: path)
    }

    /// Opens a bundle, whose log is not read yet and begins at the offset.
    ///
    /// Throws `AuditFault` `bundleMalformed` or `attachmentMismatch`.
    static func open(_ path: String) throws -> (bundle: SettlementBundle, logOffset: UInt64) {
        let file = try ByteFile(reading: path)
        let head = try file.bytes(at: 0, count: magic.count + headerLimit)
        guard head.starts(with: magic), let end = head[magic.count...].firstIndex(of: 0x0a)
        else { throw malformed(path, "it does not begin as a settlement bundle does") }
        let header = try Header(Array(head[magic.count..<end]), in: path)
        let size = header.files.reduce(UInt64(end + 1) + header.log) { $0 + UInt64($1.count) }
        guard try file.byteCount() == size else {
            throw malformed(path, "attachments and log do not end where the file ends")
        }
        var offset = UInt64(end + 1)
        var attachments: [Attachment] = []
        for (place, stated) in header.files.enumerated() {
            let bytes = try file.bytes(at: offset, count: stated.count)
            let attachment = Attachment(kind: stated.kind, bytes: bytes)
            guard attachment.hash == stated.hash else {
                throw AuditFault(
                    .attachmentMismatch,
                    index: nil,
                    at: "attachments[\(place)]",
                    "its bytes do not hash to what the header says"
                )
            }
            attachments.append(attachment)
            offset += UInt64(stated.count)
        }
        let bundle = SettlementBundle(
            ledger: header.ledger,
            calendar: header.calendar,
            window: header.window,
            settlements: header.settlements,
            attachments: attachments
        )
        // One header is one text: nothing is added to it, and nothing written in another way.
        guard head[...end].elementsEqual(bundle.head(logByteCount: header.log)) else {
            throw malformed(path, "its header is not written as spec/25 §4 has it")
        }
        return (bundle, offset)
    }

    fileprivate static func malformed(_ path: String, _ reason: String) -> AuditFault {
        let code = LogError.Code.bundleMalformed.rawValue
        return AuditFault(index: nil, place: path, code: code, reason: reason)
    }
}

/// What the header line of a bundle states.
private struct Header {
    struct File {
        let kind: SettlementBundle.Attachment.Kind
        let count: Int
        let hash: Digest
    }

    let ledger: Digest
    let calendar: String
    let window: UInt64
    let settlements: [String]
    let files: [File]
    let log: UInt64

    init(_ line: [UInt8], in path: String) throws {
        guard let value = try? JSONValue(parsing: line),
            let ledger = value["ledger"]?.textValue.flatMap({ Digest($0, as: .url) }),
            let calendar = value["calendar"]?.textValue,
            case .integer(let window)? = value["window"], window > 0,
            case .array(let settlements)? = value["settlements"],
            case .array(let files)? = value["attachments"],
            case .integer(let log)? = value["log"], log >= 0
        else { throw SettlementBundle.malformed(path, "its header has not its members") }
        self.ledger = ledger
        self.calendar = calendar
        self.window = UInt64(window)
        self.log = UInt64(log)
        self.settlements = settlements.compactMap(\.textValue)
        self.files = try files.map { file in
            guard
                let kind = file["kind"]?.textValue.flatMap({
                    SettlementBundle.Attachment.Kind(rawValue: $0)
                }),
                let hash = file["sha256"]?.textValue.flatMap({ Digest($0, as: .url) }),
                case .integer(let count)? = file["bytes"],
                (0...Int64(SettlementBundle.attachmentLimit)).contains(count)
            else {
                throw SettlementBundle.malformed(path, "an attachment has kind, bytes and sha256")
            }
            return File(kind: kind, count: Int(count), hash: hash)
        }
    }
}
