/// References without what people write differently: letters of ASCII as capitals, digits and bytes
/// above ASCII; no marks, no spaces, no zeros in front (P6).
struct PlainTexts: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = [0]
    /// The row of each text, rising.
    private(set) var rows: [Int32] = []

    /// The references of rows, which rise; equal ones of a row once.
    init(_ books: BookPair, _ side: Side, _ rows: [Int32]) {
        let table = books.table(side)
        for row in rows {
            append(table.bytes(table.rows[Int(row)].reference), of: row)
            append(table.bytes(table.rows[Int(row)].otherReference), of: row)
            if isRepeated {
                self.rows.removeLast()
                ends.removeLast()
                bytes.removeLast(bytes.count - ends[ends.count - 1])
            }
        }
    }

    /// A text.
    subscript(number: Int32) -> ArraySlice<UInt8> {
        bytes[ends[Int(number)]..<ends[Int(number) + 1]]
    }

    private var isRepeated: Bool {
        let last = Int32(rows.count) - 1
        return last > 0 && rows[Int(last)] == rows[Int(last) - 1] && self[last] == self[last - 1]
    }

    private mutating func append(_ text: ArraySlice<UInt8>, of row: Int32) {
        let start = bytes.count
        for byte in text {
            switch byte {
            case 0x30 where bytes.count == start: break
            case 0x30...0x39, 0x41...0x5a, 0x80...: bytes.append(byte)
            case 0x61...0x7a: bytes.append(byte - 0x20)
            default: break
            }
        }
        if bytes.count == start { return }
        rows.append(row)
        ends.append(bytes.count)
    }
}

/// A plain reference, whatever else its row states.
struct PlainTextKey: RowKey {
    let ledger: PlainTexts
    let partner: PlainTexts

    func hash(_ entry: Int32, of side: Side) -> UInt64? {
        var hash = Hash()
        for byte in text(entry, side) { hash.add(UInt64(byte)) }
        return hash.value
    }

    func compare(_ left: Int32, of one: Side, _ right: Int32, of other: Side) -> Int {
        let first = text(left, one)
        let second = text(right, other)
        if first.elementsEqual(second) { return 0 }
        return first.lexicographicallyPrecedes(second) ? -1 : 1
    }

    private func text(_ entry: Int32, _ side: Side) -> ArraySlice<UInt8> {
        side == .ledger ? ledger[entry] : partner[entry]
    }
}
