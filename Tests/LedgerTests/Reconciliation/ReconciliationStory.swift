import Ledger
import Signing
import TestSupport

/// A network under rule set 3 with one closed window, as certificates and disputes find it:
/// nordwind owes harbour 500 for window 1, and suedkauf has an agreement with harbour.
struct ReconciliationStory: Sendable {
    var story: NetworkStory
    /// Between nordwind, who owes, and harbour.
    let terms: Digest
    /// Between suedkauf, who owes, and harbour.
    let other: Digest

    var book: Book { story.ledger.book }

    static let base = Result { try ReconciliationStory() }

    init(signs: Bool = false, seed: UInt64 = 1) throws {
        story = try NetworkStory.founded(seed: seed, signs: signs)
        try story.take(story.network.calendar())
        try story.take(story.network.activate(3, from: story.ledger.book.size + 1))
        let deal = try story.deal()
        terms = deal.terms
        other = try story.agree(NetworkTerms.exchange(from: "suedkauf"))
        try story.take(story.send(deal, 500))
        try close()
    }

    /// Waits for the cut-off that is due, and closes the window.
    mutating func close() throws {
        let open = book.openWindow(of: "network")
        let cutoff = open.cutoff ?? story.network.now
        story.network.now = max(story.network.now, cutoff)
        try story.take(story.network.close(start: open.start, cutoff: cutoff))
    }

    /// Takes an entry that the network signs; returns its index.
    @discardableResult
    mutating func take(_ sign: (inout Network) -> [UInt8]) throws -> UInt64 {
        story.network.advance(minutes: 1)
        return try story.take(sign(&story.network))
    }

    /// The faults with which an entry would be refused, or none if it was taken.
    mutating func faults(_ sign: (inout Network) -> [UInt8]) -> [Fault] {
        let text = sign(&story.network)
        return story.faults(of: text)
    }

    /// A dispute of nordwind, which claims 100 from harbour.
    mutating func dispute(about name: String = "break") throws -> UInt64 {
        let terms = terms
        return try take { $0.dispute(terms, about: name, by: "nordwind") }
    }

    /// A dispute that was rejected three times.
    mutating func arbitration() throws -> UInt64 {
        let dispute = try dispute()
        for round in 0..<3 {
            try take { $0.reject(dispute, by: "harbour") }
            guard round < 2 else { break }
            try take { $0.restate(dispute, amount: 100, by: "nordwind") }
        }
        return dispute
    }
}
