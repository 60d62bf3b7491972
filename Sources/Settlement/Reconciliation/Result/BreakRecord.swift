/// One break in a few bytes; what else a break states follows from its rows.
struct BreakRecord: Sendable, Hashable {
    /// No match, fault or adjustment.
    static let none: Int32 = -1
    /// No value.
    static let noValue = Int64.min

    /// What may be lost, or `noValue`.
    var valueAtRisk = BreakRecord.noValue
    /// The rows of the ledger, as `MatchStore.side` numbers them.
    var ledger = MatchStore.none
    /// The rows of the partner.
    var partner = MatchStore.none
    /// The match, or the fault of a file with type `unparsable`, `balanceRoll` and others of files.
    var match = BreakRecord.none
    /// The fault of a file.
    var fault = BreakRecord.none
    /// The adjustment that closes it.
    var adjustment = BreakRecord.none
    var type: BreakType
    var cause: BreakCause
    var field: BookField?
}
