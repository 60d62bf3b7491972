internal import Dispatch
internal import Synchronization

/// The same work on each element of a list, on all cores.
package enum ParallelMap {
    /// The results, in the order of the elements; throws what one of them threw.
    ///
    /// Complexity: O(elements), in parts of a sixteenth or more.
    package static func map<Element: Sendable, Result: Sendable>(
        _ elements: [Element],
        _ work: @Sendable (Element) throws -> Result
    ) throws -> [Result] {
        let share = max(1, (elements.count + 15) / 16)
        let parts = (elements.count + share - 1) / share
        guard parts > 1 else { return try elements.map(work) }
        let done = Mutex<[[Result]]>(Array(repeating: [], count: parts))
        let failure = Mutex<(any Error)?>(nil)
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            do {
                let range = part * share..<min(elements.count, (part + 1) * share)
                let results = try elements[range].map(work)
                done.withLock { $0[part] = results }
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        return done.withLock { $0.flatMap { $0 } }
    }
}
