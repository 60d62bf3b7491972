internal import Foundation
public import Logging
internal import Signing

/// Writes each log message as one JSON object on a line: `time`, `level`, `message`, then its
/// metadata, sorted by name.
///
/// Messages are constant; what varies is metadata. The values of names that mean a secret are left
/// out, whoever puts them there.
public struct JSONLogHandler: LogHandler {
    /// The least severe level that is written.
    public var logLevel = Logger.Level.notice
    /// What every message bears.
    public var metadata: Logger.Metadata = [:]
    /// What is added for the task that logs.
    public var metadataProvider: Logger.MetadataProvider?
    private let write: @Sendable ([UInt8]) -> Void

    /// Names whose values are never written.
    static let secretNames: Set<String> = [
        "authorization", "token", "key", "secret", "password", "jws", "body",
    ]

    /// A handler that hands each line, with its end, to a function; standard error is the usual
    /// place.
    public init(
        level: Logger.Level = .notice,
        write: @escaping @Sendable ([UInt8]) -> Void = JSONLogHandler.writeToStandardError
    ) {
        logLevel = level
        self.write = write
    }

    /// Writes a line to standard error by one call, so that lines of threads do not mix.
    public static let writeToStandardError: @Sendable ([UInt8]) -> Void = { line in
        // Whoever read the log is gone: the service goes on without.
        try? FileHandle.standardError.write(contentsOf: line)
    }

    /// A value of the metadata that every message bears.
    public subscript(metadataKey name: String) -> Logger.Metadata.Value? {
        get { metadata[name] }
        set { metadata[name] = newValue }
    }

    /// Writes one message.
    public func log(event: LogEvent) {
        let now = Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down))
        write(line(of: event, at: Timestamp(milliseconds: now)))
    }

    /// The line of a message at a moment.
    func line(of event: LogEvent, at time: Timestamp) -> [UInt8] {
        var all = metadata
        all.merge(metadataProvider?.get() ?? [:]) { $1 }
        all.merge(event.metadata ?? [:]) { $1 }
        if let error = event.error { all["error"] = "\(error)" }
        var members: [JSONMember] = [
            JSONMember(name: "time", value: .string(time.description)),
            JSONMember(name: "level", value: .string(event.level.rawValue)),
            JSONMember(name: "message", value: .string(event.message.description)),
        ]
        for (name, value) in all.sorted(by: { $0.key < $1.key })
        where !["time", "level", "message"].contains(name) {
            members.append(JSONMember(name: name, value: Self.json(name, value)))
        }
        return JSONValue.object(members).text + [0x0a]
    }

    private static func json(_ name: String, _ value: Logger.Metadata.Value) -> JSONValue {
        guard !secretNames.contains(name.lowercased()) else { return "(secret)" }
        switch value {
        case .string(let text): return .string(text)
        case .stringConvertible(let number as Int) where number.magnitude < 1 << 53:
            return .integer(Int64(number))
        case .stringConvertible(let convertible): return .string(convertible.description)
        case .array(let values): return .array(values.map { json("", $0) })
        case .dictionary(let values):
            return .object(
                values.sorted { $0.key < $1.key }.map {
                    JSONMember(name: $0.key, value: json($0.key, $0.value))
                }
            )
        }
    }
}
