/// A sequence that is made as it is read: nothing is fetched before someone asks for it.
///
/// Each iteration starts anew. An error ends it.
public struct PullSequence<Element: Sendable>: AsyncSequence, Sendable {
    private let start: @Sendable () -> () async throws -> Element?

    init(_ start: @escaping @Sendable () -> () async throws -> Element?) {
        self.start = start
    }

    /// An iteration at its start.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(pull: start())
    }

    /// Reads the sequence.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var pull: (() async throws -> Element?)?

        /// The next element, or nil at the end.
        public mutating func next() async throws -> Element? {
            guard let pull else { return nil }
            self.pull = nil
            let element = try await pull()
            if element != nil { self.pull = pull }
            return element
        }
    }
}
