public import Signing

/// What a digest of books is about: all transfers between two partners, in either direction, that
/// belong to one window of one ledger (spec/28 §1).
public struct BookScope: Hashable, Sendable {
    /// The ledger.
    public let ledger: Digest
    /// The partner whose slug comes first in the order of bytes.
    public let first: Slug
    /// The other partner.
    public let second: Slug
    /// The calendar whose window it is.
    public let calendar: Slug
    /// The number of the window in its calendar.
    public let window: UInt64

    /// The scope of two different partners, in any order; nil if they are one, or the window has no
    /// number up to 2^53 − 1.
    public init?(ledger: Digest, _ one: Slug, _ other: Slug, calendar: Slug, window: UInt64) {
        guard one != other, window <= UInt64(JSONReader.numberLimit) else { return nil }
        self.ledger = ledger
        first = min(one, other)
        second = max(one, other)
        self.calendar = calendar
        self.window = window
    }

    /// The partner that one of the two reconciles with, or nil for a third one.
    public func counterparty(of partner: Slug) -> Slug? {
        partner == first ? second : partner == second ? first : nil
    }

    /// The root of a tree of so many leaves (spec/28 §1.4).
    func root(top: Digest, count: UInt64) -> Digest {
        var text = Array("kontor/v1/book-digest\n\(ledger)\n".utf8)
        text += Array("\(first)\n\(second)\n\(calendar)\n\(window)\n\(count)\n".utf8)
        top.append(to: &text)
        return DigestBuilder.digest(text)
    }
}
