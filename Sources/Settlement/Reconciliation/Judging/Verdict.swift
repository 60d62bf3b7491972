/// One difference of a matched pair, with what it means in money.
struct Verdict: Hashable, Sendable {
    let type: BreakType
    let cause: BreakCause
    let field: BookField
    /// By how much the partner states more of what is owed, in minor units of the currency of the
    /// pair, rounded away from 0; nil when the difference is none of figures, or no price says.
    let difference: Int128?

    /// A verdict.
    init(_ type: BreakType, _ cause: BreakCause, _ field: BookField, difference: Int128? = nil) {
        self.type = type
        self.cause = cause
        self.field = field
        self.difference = difference
    }
}
