internal import KontorStorage
internal import Signing
internal import VerifiableLog

/// The entries of a store, made again for an export and held to its head.
enum StoreEntries {
    /// The head; throws `notFound` for an empty log.
    static func head(of store: any LogStore) throws -> LogHead {
        guard let head = try store.head() else {
            throw AuditError(.notFound, "the log has no entry yet; there is nothing to export")
        }
        return head
    }

    /// Hands over the entries of a range in order.
    static func forEach(
        in range: Range<UInt64>,
        of store: any LogStore,
        after last: Digest,
        _ body: (RebuiltEntry) throws -> Void
    ) throws {
        var previous = last
        var next = range.lowerBound
        try store.forEachEntry(in: range) { stored in
            let entry: RebuiltEntry
            do throws(AuditFault) {
                entry = try RebuiltEntry(stored, previous: previous)
            } catch {
                throw AuditError(
                    .corrupt,
                    "entry \(stored.index): \(error.reason); audit the store"
                )
            }
            try body(entry)
            previous = entry.leaf
            next += 1
            return true
        }
        guard next == max(range.lowerBound, range.upperBound) else { throw damaged }
    }

    /// The error of a store that is not what its head says.
    static var damaged: AuditError {
        AuditError(
            .corrupt,
            "the entries of the store do not hash to the root of its head; audit the store"
        )
    }
}
