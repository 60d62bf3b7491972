/// A cell outside of the rows (spec/26 §7).
public enum BookPlace: Hashable, Sendable {
    /// In the lines before the header: line and cell from 1.
    case head(line: Int, cell: Int)
    /// In the footer: row and cell from 1.
    case foot(row: Int, cell: Int)
    /// In a JSON document: a JSON Pointer.
    case pointer(String)
    /// In a bank file: a name of spec/26 §6.
    case name(String)
}
