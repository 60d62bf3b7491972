internal import Signing

/// What a projection of a book must be able to carry beside its tables: everything that is small.
public struct BookSnapshot: Sendable, Codable {
    let registry: Registry
    let counterKinds: [CounterKind]
    let exposures: [Exposure]
    let holds: [HoldGroup]
    let totals: [Totals]
    let postingKeys: [PostingKey]
    let postings: [Posting]
    let nights: Nights
    let fixings: Fixings
    /// Nil in a snapshot of before rule set 3.
    let reconciliations: Reconciliations?
    let size: UInt64
    let time: Timestamp
}

/// A table of a book that is written to the projection page by page.
public enum ProjectionTable: UInt8, Sendable, CaseIterable {
    /// Pages of counters.
    case counters = 1
    /// Pages of members.
    case members = 2
    /// Pages of accepted proposals of members.
    case acceptances = 3
}

/// Saving and restoring a book without replaying the log (spec/15 §5).
extension Book {
    /// The format of snapshot and pages; another one is not read but made again from the log.
    public static let projectionVersion = 4

    /// The small part of the state.
    public var snapshot: BookSnapshot {
        let keys = postings.keys.sorted()
        return BookSnapshot(
            registry: registry,
            counterKinds: counters.kinds,
            exposures: exposures.list,
            holds: holds.sorted,
            totals: totals,
            postingKeys: keys,
            postings: keys.compactMap { postings[$0] },
            nights: nights,
            fixings: fixings,
            reconciliations: reconciliations,
            size: size,
            time: time
        )
    }

    /// Hands out the pages of the tables that changed since the last call.
    public mutating func takeChangedPages(_ body: (ProjectionTable, UInt32, [UInt8]) -> Void) {
        counters.table.takeChangedPages { body(.counters, $0, $1) }
        members.table.takeChangedPages { body(.members, $0, $1) }
        acceptances.table.takeChangedPages { body(.acceptances, $0, $1) }
    }

    /// Marks every page as changed, for a projection that begins anew.
    public mutating func markAllChanged() {
        counters.table.markAllChanged()
        members.table.markAllChanged()
        acceptances.table.markAllChanged()
    }

    /// A book of a snapshot, whose pages are to follow.
    public init(restoring snapshot: BookSnapshot) {
        registry = snapshot.registry
        counters.restore(kinds: snapshot.counterKinds)
        exposures.restore(snapshot.exposures)
        holds.restore(snapshot.holds)
        totals = snapshot.totals
        postings = Dictionary(uniqueKeysWithValues: zip(snapshot.postingKeys, snapshot.postings))
        nights = snapshot.nights
        fixings = snapshot.fixings
        reconciliations = snapshot.reconciliations ?? Reconciliations()
        reconciliations.restore()
        size = snapshot.size
        time = snapshot.time
    }

    /// Puts a page into its table, and returns false if its bytes are no page.
    public mutating func load(_ table: ProjectionTable, page: UInt32, _ bytes: [UInt8]) -> Bool {
        switch table {
        case .counters: counters.table.load(page: Int(page), bytes)
        case .members: members.table.load(page: Int(page), bytes)
        case .acceptances: acceptances.table.load(page: Int(page), bytes)
        }
    }

    /// Makes the tables ready after their last page.
    ///
    /// Complexity: O(n).
    public mutating func finishLoading() {
        counters.table.finishLoading()
        members.table.finishLoading()
        acceptances.table.finishLoading()
    }
}
