internal import Signing

/// The name of a posted item: the entry that posted it, and its number in the `transfers` entry.
struct PostingKey: Hashable, Comparable, Sendable, Codable {
    let entry: UInt64
    let item: Int32

    static func < (left: PostingKey, right: PostingKey) -> Bool {
        (left.entry, left.item) < (right.entry, right.item)
    }
}

/// What is left of a posted item, kept where its entry alone does not tell: after a reversal, and
/// where a bonus depended on history.
///
/// It is kept until the item can no longer be reversed (spec/11 §7).
struct Posting: Sendable, Hashable, Codable {
    /// What a reversal found, before it took something away.
    struct Earlier: Sendable, Hashable, Codable {
        /// The entry of the reversal.
        let reversedAt: UInt64
        let outcome: Outcome
    }

    var outcome: Outcome
    let until: Timestamp
    /// What stood before each reversal, in their order: statements show what each entry posted.
    var earlier: [Earlier] = []
}

extension Book {
    func reversalEnd(_ terms: Terms, _ posted: Timestamp) -> Timestamp {
        posted.advanced(byMilliseconds: terms.reversalDays * 86_400_000)
    }

    mutating func setPosting(_ key: PostingKey, _ posting: Posting) {
        postingsJournal.append((key, postings[key]))
        postings[key] = posting
    }

    /// Forgets items that can no longer be reversed, when their number has doubled.
    ///
    /// They stay some weeks longer than rules need them: statements show what they posted.
    mutating func dropOldPostings(at time: Timestamp) {
        guard postings.count >= postingsPurgeAt else { return }
        let weeks: Int64 = 6 * 7 * 86_400_000
        postings = postings.filter { $0.value.until.advanced(byMilliseconds: weeks) >= time }
        postingsPurgeAt = max(1_024, postings.count * 2)
    }
}
