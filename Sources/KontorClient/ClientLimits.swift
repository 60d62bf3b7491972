/// The limits of what the client reads, keeps and waits for.
///
/// Together they bound its memory, whatever a server sends.
public struct ClientLimits: Sendable, Hashable {
    /// The most bytes of an answer of one JSON value: 4 MB, as a receipt.
    public var answerByteCount = 4_000_000
    /// The most bytes of a page of a list.
    public var pageByteCount = 16 << 20
    /// The most elements that a page is asked for.
    public var pageItemCount = 256
    /// The most bytes of a line of an NDJSON answer.
    public var lineByteCount = 4_000_000
    /// The most bytes of one server-sent event.
    public var eventByteCount = 1 << 20
    /// The most submissions of a stream that are sent at once.
    public var batchLineCount = 256
    /// The most bytes of a stream that are sent at once.
    public var batchByteCount = 4 << 20
    /// Submissions whose receipts are remembered for comparison.
    public var rememberedReceiptCount = 4_096
    /// Verified checkpoints that are remembered beside the newest one.
    public var rememberedCheckpointCount = 256
    /// How often the newest checkpoint may change under a call before it gives up.
    public var checkpointAttemptCount = 32
    /// How long a connection may take, in milliseconds.
    public var connectTimeoutMilliseconds: Int64 = 10_000
    /// How long a whole answer may take, in milliseconds.
    public var answerTimeoutMilliseconds: Int64 = 60_000
    /// How long a stream may be silent, in milliseconds; the server's heartbeat comes every 15 s.
    public var silenceMilliseconds: Int64 = 45_000

    /// How long the event stream waits at least after a fault, in milliseconds (spec/19 §9).
    public var eventPauseMilliseconds: Int64 = 1_000

    /// The usual limits.
    public init() {}
}
