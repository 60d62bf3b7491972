/// Where a break probably comes from, as its figures show; raw values are stable codes.
public enum BreakCause: String, Hashable, Sendable, CaseIterable {
    /// Nothing explains it.
    case unknown
    /// The units lack exactly the bonus.
    case bonusMissing
    /// The units have the bonus twice.
    case bonusTwice
    /// An earlier version of rate or price explains the figure.
    case oldRate
    /// The figure is off by one, the unit of rounding.
    case rounding
    /// The day is in the other window, or the partner's books end before it.
    case cutOff
    /// The sign is turned.
    case sign
    /// The figure is 10, 100, … times too large or too small.
    case scale
    /// Two neighbouring digits changed places.
    case transposedDigits
    /// The fee is 0 where one is due.
    case feeOmitted
    /// The fee is twice what is due.
    case feeDoubled
    /// The figure of the fee was taken from the units.
    case feeInUnits
    /// The fee was taken from what is owed.
    case feeNetted
    /// The same row was booked again.
    case duplicatePosting
    /// The reversal was not booked on the other side.
    case reversalMissing
    /// It waits on one side: a hold.
    case pending
    /// It was called off on one side.
    case voided
    /// The member is not known.
    case memberUnknown
    /// Another member is stated.
    case otherMember
    /// Another program is stated.
    case otherProgram
    /// Another currency is stated.
    case otherCurrency
    /// Several rows are equal in all that is compared.
    case equalRows
    /// A line cannot be read.
    case unreadable
    /// A balance, count or sum of a file is not that of its rows.
    case controlTotal
    /// A statement is missing between two.
    case statementMissing
    /// The file, or a statement of it, was read before.
    case fileTwice
    /// A charge of a bank explains the difference.
    case charge
    /// Money came after the deadline, and not all of it.
    case late
}
