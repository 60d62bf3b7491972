/// Reads server-sent events from bytes (WHATWG HTML §9.2.6).
///
///     : comment
///     id: 17
///     event: entry
///     data: {…}
///     (an empty line ends the event)
///
/// Lines end with LF, CR or CRLF; a byte order mark at the start is passed over. Unknown fields are
/// passed over, and so is an event without data. What is cut off by the end of the stream is no
/// event.
struct EventParser: Sendable {
    /// An event.
    struct Event: Sendable, Hashable {
        /// The last id of the stream at this event, or nil if there was none.
        let id: String?
        /// The name of its kind; `message` if it has none.
        let name: String
        /// Its data, lines joined by LF.
        let data: [UInt8]
    }

    private let limit: Int
    private var line: [UInt8] = []
    private var sawReturn = false
    private var isFirstLine = true
    private var id: String?
    /// The id at the last empty line, with an event or without, or nil.
    private(set) var lastID: String?
    private var name = ""
    private var data: [UInt8] = []
    /// How long the server asks to wait before connecting again, in milliseconds, or nil.
    private(set) var retryMilliseconds: Int64?

    /// A parser at the start of a stream; a line or an event of more bytes is a fault.
    init(limit: Int) {
        self.limit = limit
    }

    /// Takes bytes, and gives the events that they complete.
    ///
    /// Throws `tooLong`. Complexity: O(n).
    mutating func feed(_ bytes: [UInt8]) throws(ClientError) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            defer { sawReturn = byte == 0x0d }
            switch byte {
            case 0x0a where sawReturn: continue
            case 0x0a, 0x0d: if let event = endLine() { events.append(event) }
            default:
                guard line.count + data.count < limit else {
                    throw ClientError(.tooLong, at: "event", "it has more than \(limit) bytes")
                }
                line.append(byte)
            }
        }
        return events
    }

    /// Reads a line; an empty one gives the event that it ends.
    private mutating func endLine() -> Event? {
        defer {
            line.removeAll(keepingCapacity: true)
            isFirstLine = false
        }
        var text = line[...]
        if isFirstLine, text.starts(with: [0xef, 0xbb, 0xbf]) { text = text.dropFirst(3) }
        if text.isEmpty { return endEvent() }
        let colon = text.firstIndex(of: 0x3a)
        let field = text[..<(colon ?? text.endIndex)]
        var value = colon.map { text[($0 + 1)...] } ?? []
        if value.first == 0x20 { value = value.dropFirst() }
        switch String(decoding: field, as: UTF8.self) {
        case "data":
            data += value
            data.append(0x0a)
        case "event": name = String(decoding: value, as: UTF8.self)
        case "id" where !value.contains(0): id = String(decoding: value, as: UTF8.self)
        case "retry" where !value.isEmpty && value.allSatisfy { (0x30...0x39).contains($0) }:
            retryMilliseconds = Int64(String(decoding: value, as: UTF8.self))
        default: break
        }
        return nil
    }

    private mutating func endEvent() -> Event? {
        lastID = id
        defer {
            name = ""
            data = []
        }
        guard !data.isEmpty else { return nil }
        return Event(id: id, name: name.isEmpty ? "message" : name, data: Array(data.dropLast()))
    }
}
