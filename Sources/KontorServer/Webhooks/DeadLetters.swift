internal import Signing

/// An entry that could not be delivered in time.
struct DeadLetter: Hashable, Sendable {
    /// The index of the entry.
    let index: UInt64
    /// How many attempts failed.
    let attempts: Int
    /// When the last one failed.
    let time: Timestamp
    /// Why the last one failed.
    let failure: DeliveryFailure
}

/// The dead letters of a subscription by index, and how many are not kept any more.
struct DeadLetters: Hashable, Sendable {
    /// The letters in the order of their indexes, each index once.
    private(set) var letters: [DeadLetter] = []
    /// How many were dropped, the lowest index first, since there were too many.
    private(set) var droppedCount = 0

    /// No letters.
    init() {}

    /// Letters as they were kept, in the order of their indexes.
    init(_ letters: [DeadLetter], droppedCount: Int) {
        self.letters = letters
        self.droppedCount = droppedCount
    }

    /// Adds a letter, in the place of one of the same index; drops the first beyond the limit.
    ///
    /// Complexity: O(letters).
    mutating func add(_ letter: DeadLetter, limit: Int) {
        let place = place(of: letter.index)
        if letters.indices.contains(place), letters[place].index == letter.index {
            letters[place] = letter
            return
        }
        letters.insert(letter, at: place)
        if letters.count > limit {
            letters.removeFirst()
            droppedCount += 1
        }
    }

    /// Takes off all letters from an index on.
    mutating func removeAll(from index: UInt64) {
        letters.removeSubrange(place(of: index)...)
    }

    /// The place of the first letter from an index on.
    ///
    /// Complexity: O(log letters).
    func place(of index: UInt64) -> Int {
        var range = letters.startIndex..<letters.endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if letters[middle].index < index {
                range = middle + 1..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        return range.lowerBound
    }
}
