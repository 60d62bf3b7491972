internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// One event of one item of the log, before it becomes rows: a posting, a hold or a reversal.
struct BookedItem {
    /// The entry of the event.
    let index: UInt64
    /// The ledger time of the event.
    let time: Timestamp
    /// What happened.
    let event: BookRow.Event
    /// How far it has come.
    let status: BookRow.Status
    /// Which window it belongs to.
    let window: BookRow.Window
    /// The number of the item in its transfer.
    let number: Int
    /// Units offered.
    var amount: Int64
    /// Units consumed at the source, 0 or more; given back by a reversal.
    var debit: Int64
    /// Base units credited at the target, 0 or more; given back by a reversal.
    var credit: Int64
    /// Units of bonuses, 0 or more; given back by a reversal.
    var bonus: Int64

    /// Where its rows stand.
    var place: UInt64 { index << 8 | UInt64(number) }

    /// The day of the event where the agreement's days begin.
    func day(_ terms: BookedTerms) -> Int32 {
        Int32(clamping: time.date(utcOffsetMinutes: terms.utcOffsetMinutes).days)
    }
}
