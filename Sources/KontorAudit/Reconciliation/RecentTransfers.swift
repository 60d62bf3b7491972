internal import Ledger

/// The entries of transfers and commits that were read last: what commits and reversals name is
/// mostly among them.
struct RecentTransfers {
    private var entries: [UInt64: PastEntry] = [:]
    private var order: [UInt64] = []
    private var oldest = 0

    /// Keeps an entry; the one that was kept longest may go.
    mutating func keep(_ entry: PastEntry, at index: UInt64) {
        if order.count < AuditLimits.recentTransferCount {
            order.append(index)
        } else {
            entries[order[oldest]] = nil
            order[oldest] = index
            oldest = (oldest + 1) % order.count
        }
        entries[index] = entry
    }

    /// An entry, if it is still kept.
    func entry(at index: UInt64) -> PastEntry? { entries[index] }
}
