internal import KontorAPI
internal import Signing
internal import VerifiableLog

extension KontorClient {
    /// New entries as they become durable, from an index on, each verified up to a checkpoint.
    ///
    /// The stream connects again after a break and goes on after the last index. It shows no index
    /// twice, and only rising ones; an answer that does otherwise is an error. A partner sees what
    /// it may read. For a login that reads everything, `complete` makes a missing index an error.
    /// The stream ends with an error only, or when its task is cancelled.
    public func events(
        from index: UInt64 = 0,
        complete: Bool = false
    ) -> PullSequence<LogEntry> {
        PullSequence {
            var feed = EventFeed(client: self, from: index, isComplete: complete)
            return { try await feed.next() }
        }
    }
}
