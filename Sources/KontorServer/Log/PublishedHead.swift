internal import Dispatch
internal import KontorEngine
internal import Synchronization

/// The checkpoint that `/checkpoint` shows: that of the last durable commit, at most once a second
/// a new one.
final class PublishedHead: Sendable {
    private static let interval: UInt64 = 1_000_000_000
    private let engine: Engine
    private let state = Mutex<(head: Engine.Head, at: UInt64)?>(nil)

    init(engine: Engine) {
        self.engine = engine
    }

    /// The published head, or nil before the genesis.
    var head: Engine.Head? {
        let now = DispatchTime.now().uptimeNanoseconds
        return state.withLock { state in
            if let state, now - state.at < Self.interval { return state.head }
            guard let head = engine.head else { return nil }
            if state?.head.size != head.size { state = (head, now) }
            return head
        }
    }
}
