internal import Signing

/// Which entries posted under an agreement since the last close of its calendar, as one hash
/// (spec/20 §3).
struct Trail: Sendable, Hashable, Codable {
    /// How many entries.
    private(set) var entries: UInt64 = 0
    /// The hash over their indexes.
    private(set) var hash = Digest.zero
    /// The index after that of the last one, whenever it was; 0 before the first.
    private var next: UInt64 = 0

    /// Whether an entry was counted already.
    func ends(with index: UInt64) -> Bool { next == index + 1 }

    /// Counts an entry.
    mutating func append(_ index: UInt64) {
        hash = DigestBuilder.digest(hash, index)
        entries += 1
        next = index + 1
    }
}

/// The trails of all agreements, with the journal that takes back what a refused entry changed.
struct Trails: Sendable {
    /// By the place of the agreement among all versions.
    private(set) var list: [Trail] = []
    private var journal: [(place: Int32, before: Trail)] = []

    /// The trail of an agreement.
    subscript(agreement: Int32) -> Trail { list[Int(agreement)] }

    /// Adds the trail of a new version.
    mutating func append() {
        list.append(Trail())
    }

    /// Counts an entry for an agreement, once.
    ///
    /// Complexity: O(1): one hash of 40 bytes.
    mutating func touch(_ agreement: Int32, at index: UInt64) {
        guard !list[Int(agreement)].ends(with: index) else { return }
        journal.append((agreement, list[Int(agreement)]))
        list[Int(agreement)].append(index)
    }

    /// Starts trails anew.
    mutating func reset(where isDue: (Int32) -> Bool) {
        for place in list.indices where list[place].entries > 0 && isDue(Int32(place)) {
            list[place] = Trail()
        }
    }

    /// Keeps what was counted since the last keep.
    mutating func keep() {
        journal.removeAll(keepingCapacity: true)
    }

    /// Takes back what was counted since the last keep.
    mutating func rollBack() {
        for change in journal.reversed() { list[Int(change.place)] = change.before }
        journal.removeAll(keepingCapacity: true)
    }
}

extension Trails: Codable {
    /// Reads the list.
    init(from decoder: any Decoder) throws {
        list = try decoder.singleValueContainer().decode([Trail].self)
    }

    /// Writes the list.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(list)
    }
}
