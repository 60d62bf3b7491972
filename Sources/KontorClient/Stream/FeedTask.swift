/// A task that ends with the iteration that it feeds.
final class FeedTask: Sendable {
    private let task: Task<Void, Never>

    init(_ body: @escaping @Sendable () async -> Void) {
        task = Task { await body() }
    }

    deinit {
        task.cancel()
    }
}
