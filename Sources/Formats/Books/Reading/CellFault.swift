/// Why a row cannot be read, as cheap as it is found; words are made for those that are listed.
struct CellFault: Error {
    enum Kind {
        case rowShort(Int, due: Int), rowLong(Int, due: Int), quote
        case transfer, item, itemTwice, member
        case number, numberMark, grouping, finer, range
        case date, noDay, word, empty, bothSides, amountMissing, tooLong, tooMany
        case json(String)
    }

    var kind: Kind
    /// The slot at fault, or −1.
    var slot = -1
    /// The offset of the fault in the bytes at hand, or −1 for the start of the cell.
    var offset = -1
}
