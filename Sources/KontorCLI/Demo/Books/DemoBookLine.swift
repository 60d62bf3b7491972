internal import Settlement

/// A line of a partner's books before it is written in a dialect.
struct DemoBookLine: Sendable {
    /// The transfer and its item, `<uuid>/<item>`.
    var transfer: String
    /// What happened.
    var event: BookRow.Event
    /// The day since 1970-01-01.
    var day: Int32
    /// Units as the members' balances changed.
    var units: Int64
    /// The program.
    var program: String
    /// Whether its number is spoiled so that nobody can read it.
    var isBroken = false
}
