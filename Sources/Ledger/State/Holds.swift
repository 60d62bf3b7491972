internal import Signing

/// A bonus as it was granted to an item: which one, how many units, and whose units they are.
struct Grant: Sendable, Hashable, Codable {
    /// The place of the bonus in the terms.
    var bonus: Int32
    /// Its units.
    var units: Int64
    /// The units of each funder, in the order of the terms; what they do not cover is the debtor's.
    var funded: [Int64]
}

/// What an item does: its numbers, its bonuses one by one, and the counters it uses.
struct Outcome: Sendable, Hashable, Codable {
    var amount: Int64
    var debit: Int64
    var credit: Int64
    var grants: [Grant]
    var uses: [CounterUse]

    /// The units of all bonuses.
    var bonus: Int64 { grants.reduce(0) { $0 + $1.units } }
}

/// An item that waits for its creditor.
struct HeldItem: Sendable, Codable {
    let item: Int32
    let outcome: Outcome
}

/// The items of one entry that still wait for their creditor (spec/11 §5).
struct HoldGroup: Sendable, Codable {
    let entry: UInt64
    let agreement: Int32
    let time: Timestamp
    let expiry: Timestamp
    /// The fixing whose rates hold for the items, if the terms have one.
    let fixing: Digest?
    var items: [HeldItem]
}

/// All holds, found by entry and released by (expiry, entry, item).
struct Holds: Sendable {
    private var groups: [UInt64: HoldGroup] = [:]
    private var queue = ExpiryQueue()
    private var journal: [Change] = []

    private enum Change: Sendable {
        case added(UInt64)
        case changed(HoldGroup)
        case expired(HoldGroup)
    }

    /// The hold of an entry, or nil.
    func group(of entry: UInt64) -> HoldGroup? { groups[entry] }

    /// Whether any hold is over at a moment.
    ///
    /// Complexity: O(1).
    func hasExpired(at time: Timestamp) -> Bool {
        queue.first.map { $0.expiry <= time } ?? false
    }

    /// Adds the hold of an entry.
    mutating func add(_ group: HoldGroup) {
        journal.append(.added(group.entry))
        groups[group.entry] = group
        queue.push(ExpiryQueue.Element(expiry: group.expiry, entry: group.entry))
    }

    /// Takes an item out of a hold; the caller knows that it is there.
    mutating func remove(item: Int32, of entry: UInt64) {
        guard var group = groups[entry] else { return }
        journal.append(.changed(group))
        group.items.removeAll { $0.item == item }
        groups[entry] = group.items.isEmpty ? nil : group
    }

    /// Takes out the earliest hold that is over at a moment, or returns nil.
    ///
    /// The queue may still name a hold that was settled, or that a rehearsed entry of this index
    /// would have made.
    mutating func popExpired(at time: Timestamp) -> HoldGroup? {
        while let first = queue.first, first.expiry <= time {
            queue.pop()
            guard let group = groups[first.entry], group.expiry == first.expiry else { continue }
            groups[first.entry] = nil
            journal.append(.expired(group))
            return group
        }
        return nil
    }

    /// Keeps what was changed since the last keep.
    mutating func keep() {
        journal.removeAll(keepingCapacity: true)
    }

    /// Takes back what was changed since the last keep.
    mutating func rollBack() {
        for change in journal.reversed() {
            switch change {
            case .added(let entry): groups[entry] = nil
            case .changed(let group): groups[group.entry] = group
            case .expired(let group):
                groups[group.entry] = group
                queue.push(ExpiryQueue.Element(expiry: group.expiry, entry: group.entry))
            }
        }
        journal.removeAll(keepingCapacity: true)
    }

    /// All holds in the order of their entries.
    var sorted: [HoldGroup] {
        groups.keys.sorted().compactMap { groups[$0] }
    }

    /// Restores holds from a projection.
    mutating func restore(_ list: [HoldGroup]) {
        self = Holds()
        for group in list { add(group) }
        keep()
    }
}

/// A heap of entries by the moment at which they are over, then by entry.
struct ExpiryQueue: Sendable {
    /// One entry and its moment.
    struct Element: Sendable, Comparable {
        let expiry: Timestamp
        let entry: UInt64

        static func < (left: Element, right: Element) -> Bool {
            (left.expiry, left.entry) < (right.expiry, right.entry)
        }
    }

    private var heap: [Element] = []

    /// The earliest element, or nil.
    var first: Element? { heap.first }

    /// Adds an element.
    ///
    /// Complexity: O(log n).
    mutating func push(_ element: Element) {
        heap.append(element)
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes the earliest element out.
    ///
    /// Complexity: O(log n).
    mutating func pop() {
        guard let last = heap.popLast(), !heap.isEmpty else { return }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
