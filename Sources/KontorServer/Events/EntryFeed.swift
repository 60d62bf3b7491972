internal import KontorEngine
internal import Synchronization

/// Entries as they come, for the many streams that all want the newest: each is read once.
final class EntryFeed: Sendable {
    private static let limit = 1_024
    let engine: Engine
    private let views = Mutex<[EntryView?]>([])

    init(engine: Engine) {
        self.engine = engine
    }

    /// The view of an entry, or nil past the end.
    func view(at index: UInt64) throws -> EntryView? {
        let place = Int(index % UInt64(Self.limit))
        let known = views.withLock { views in
            views.indices.contains(place) ? views[place] : nil
        }
        if let known, known.index == index { return known }
        guard let head = engine.head, index < head.size, let view = try engine.view(at: index)
        else { return nil }
        if head.size - index <= UInt64(Self.limit) {
            views.withLock { views in
                if views.isEmpty { views = Array(repeating: nil, count: Self.limit) }
                views[place] = view
            }
        }
        return view
    }
}
