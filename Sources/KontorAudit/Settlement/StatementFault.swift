/// The first thing in a partner's statement that does not follow from the log and from itself
/// (spec/25 §3).
public struct StatementFault: Error, Hashable, Sendable {
    /// What is wrong; the raw value is a stable code.
    public enum Code: String, Sendable, CaseIterable {
        /// The entry is no frame with a `settlement.calculate`, or the proof is none.
        case entryMalformed
        /// The proof and its signed checkpoint do not show this entry in the log.
        case entryNotInLog
        /// The entry is of another ledger, settlement, revision or tree than the statement.
        case entryMismatch
        /// The leaf does not lead to the root of the entry.
        case leafNotInRoot
        /// The leaf is not written as spec/20 §9 has it.
        case leafMalformed
        /// A member of the statement is not what the leaf says.
        case leafMismatch
        /// An amount is not exact × quote, rounded once.
        case amountMismatch
        /// Positions, dues, carries or payments do not sum.
        case sumMismatch
        /// The indexes do not give the trail or the count of the leaf.
        case trailMismatch
        /// A line is of an entry that the trail has not, or not of the form of its debt.
        case lineMismatch
        /// The lines of a debt do not sum to its exact value or its units.
        case lineSum
        /// The amounts of lines are not the shares by largest remainder.
        case lineAmount
        /// An exported entry is not the one of the log, or has not the item of a line.
        case itemMismatch
    }

    /// The stable code.
    public let code: Code
    /// The member at fault: `debts[2].amount`.
    public let place: String
    /// What is wrong, in words and numbers.
    public let reason: String

    init(_ code: Code, at place: String, _ reason: String) {
        self.code = code
        self.place = place
        self.reason = reason
    }
}

extension StatementFault: CustomStringConvertible {
    /// One line for people.
    public var description: String { "\(code.rawValue) at \(place): \(reason)" }
}
