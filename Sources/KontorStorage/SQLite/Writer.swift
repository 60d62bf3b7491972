internal import GRDB

/// What the one writer knows between transactions.
struct Writer {
    var interner = Interner()
    var counters = StoreCounters()
    /// Set when the outcome of a transaction is unknown; nothing is written after it.
    var isStopped = false
    /// Set when the store is closed, once and for ever.
    var isClosed = false

    /// Counts a transaction that took effect.
    mutating func count(_ transaction: Transaction) {
        counters.transactions += 1
        counters.rows += transaction.rows
    }
}
