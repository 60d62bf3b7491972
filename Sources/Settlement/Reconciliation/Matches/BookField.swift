/// A field of a row, as matches and breaks name it.
public enum BookField: UInt8, Hashable, Sendable, CaseIterable {
    /// The transfer, with its item.
    case transfer
    /// Posting or reversal.
    case event
    /// The program.
    case unit
    /// The units.
    case units
    /// The currency.
    case currency
    /// What is owed.
    case money
    /// The fee.
    case fee
    /// The day.
    case day
    /// How far it has come.
    case status
    /// The pseudonym of the member.
    case member
    /// The member as the book names it.
    case account
    /// The references.
    case reference
    /// The batch.
    case batch
    /// The window, which only rows of the ledger state.
    case window

    /// The stable code, as texts and reports write it.
    public var code: String { "\(self)" }
}

/// A set of fields in one word.
public struct BookFieldSet: OptionSet, Hashable, Sendable {
    /// One bit for each field, by its raw value.
    public let rawValue: UInt16

    /// The set of these bits.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The set of one field.
    public init(_ field: BookField) {
        rawValue = 1 << field.rawValue
    }

    /// The fields, in their order.
    public var fields: [BookField] {
        BookField.allCases.filter { contains(BookFieldSet($0)) }
    }
}
