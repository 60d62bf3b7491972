internal import KontorAPI

extension KontorClient {
    /// Submits a stream of compact JWS, and gives the verified answers in the same order.
    ///
    /// Submissions that are at hand go together, within the limits of a batch; the stream is read
    /// no further ahead than that. A refusal is an answer and ends nothing. After an error, submit
    /// the rest again: what took effect is known.
    public func submit<Texts: AsyncSequence & Sendable>(
        _ texts: Texts
    ) -> PullSequence<SubmissionResult> where Texts.Element == [UInt8] {
        PullSequence {
            let lines = LineFeed(
                lineLimit: self.limits.batchLineCount,
                byteLimit: self.limits.batchByteCount
            )
            let source = FeedTask { await Self.pump(texts, into: lines) }
            var feed = SubmissionFeed(client: self, lines: lines, source: source)
            return { try await feed.next() }
        }
    }

    private static func pump<Texts: AsyncSequence & Sendable>(
        _ texts: Texts,
        into lines: LineFeed
    ) async where Texts.Element == [UInt8] {
        do {
            for try await text in texts {
                guard !text.contains(0x0a), !text.contains(0x0d), !text.isEmpty else {
                    throw ClientError(
                        .submission,
                        at: "stream of submissions",
                        "it is empty or has a line end; give one compact JWS at a time"
                    )
                }
                guard await lines.give(text) else { return }
            }
            lines.close()
        } catch {
            lines.close(error)
        }
    }
}
