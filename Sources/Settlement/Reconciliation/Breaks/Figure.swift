/// A value of a row as breaks state it: what was expected, what was found.
public enum Figure: Hashable, Sendable {
    /// Units of a program.
    case units(Int64, program: String)
    /// Minor units of a currency.
    case money(Int64, currency: String)
    /// A day since 1970-01-01.
    case day(Int32)
    /// A program or currency.
    case name(String)
    /// How far it has come.
    case status(BookRow.Status)
    /// A pseudonym, or a transfer.
    case identifier(UInt128)
    /// How many rows.
    case count(Int)
    /// A text of the books, as bytes.
    case text([UInt8])
    /// The window of the row.
    case window(BookRow.Window)
}
