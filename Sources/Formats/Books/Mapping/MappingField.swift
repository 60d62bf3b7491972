/// What a column of a partner's file may say of a line (spec/26 §3).
public enum MappingField: String, Hashable, Sendable, CaseIterable {
    /// The transfer: its UUIDv7, perhaps with `/n` for the item.
    case transfer
    /// The number of the item in its transfer.
    case item
    /// The reference of who keeps the book.
    case reference
    /// The reference of the other party.
    case otherReference
    /// The pairwise pseudonym of the member.
    case member
    /// The member or account as the book names it.
    case account
    /// The batch of the line.
    case batch
    /// The day, by the date pattern.
    case day
    /// A word for how far the line has come.
    case status
    /// A word for what happened.
    case event
    /// What is owed, in the currency.
    case money
    /// The fee, in the currency.
    case fee

    /// Whether the field holds a decimal number.
    var isNumber: Bool { self == .money || self == .fee }
}
