internal import VerifiableLog

/// Checkpoints that were proven to be states of the one history, the latest so many of them.
///
/// Many receipts name the same checkpoint; only the first of them needs a proof of consistency.
struct KnownHeads: Sendable {
    /// What a checkpoint is to those that are known.
    enum Verdict: Equatable {
        /// It is one of them.
        case known
        /// Nothing is known of its size.
        case unknown
        /// Another root of its size is known; this is the note.
        case contradicts(SignedNote)
    }

    private let limit: Int
    private var heads: [UInt64: (checkpoint: Checkpoint, note: SignedNote)] = [:]
    private var order: [UInt64] = []

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// Judges a checkpoint.
    func judge(_ head: Checkpoint) -> Verdict {
        guard let known = heads[head.size] else { return .unknown }
        return known.checkpoint.root == head.root ? .known : .contradicts(known.note)
    }

    /// Notes a checkpoint that is proven to belong to the history.
    mutating func note(_ head: Checkpoint, _ note: SignedNote) {
        guard heads[head.size] == nil else { return }
        if order.count == limit { heads[order.removeFirst()] = nil }
        heads[head.size] = (head, note)
        order.append(head.size)
    }
}
