/// Both books, so that rows of either side can be compared field by field.
///
/// Programs and currencies have the same number on both sides here: their place among all names in
/// the order of their bytes.
struct BookPair: Sendable {
    let ledger: BookTable
    let partner: BookTable
    private let ledgerNames: [UInt16]
    private let partnerNames: [UInt16]

    /// The two books.
    init(ledger: BookTable, partner: BookTable) {
        self.ledger = ledger
        self.partner = partner
        let names = (ledger.names + partner.names).sorted(by: Self.precedes)
        ledgerNames = Self.places(of: ledger.names, in: names)
        partnerNames = Self.places(of: partner.names, in: names)
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// The first place of each name in a sorted list, which has fewer than 2^16.
    private static func places(of names: [String], in sorted: [String]) -> [UInt16] {
        names.map { name in
            var low = 0
            var high = sorted.count
            while low < high {
                let middle = (low + high) / 2
                if precedes(sorted[middle], name) { low = middle + 1 } else { high = middle }
            }
            return UInt16(truncatingIfNeeded: low)
        }
    }

    /// A book.
    func table(_ side: Side) -> BookTable { side == .ledger ? ledger : partner }

    /// The number of a program by its number on one side.
    func unit(_ side: Side, _ number: UInt16) -> UInt16 {
        side == .ledger ? ledgerNames[Int(number)] : partnerNames[Int(number)]
    }

    /// The number of a row's program.
    func unit(_ side: Side, _ row: BookRow) -> UInt16 {
        side == .ledger ? ledgerNames[Int(row.unit)] : partnerNames[Int(row.unit)]
    }

    /// The number of a row's currency, or `BookRow.noName`.
    func currency(_ side: Side, _ row: BookRow) -> UInt16 {
        if row.currency == BookRow.noName { return row.currency }
        return side == .ledger ? ledgerNames[Int(row.currency)] : partnerNames[Int(row.currency)]
    }

    /// The units of a row.
    func units(_ side: Side, _ number: Int32) -> Int64 {
        side == .ledger ? ledger.rows[Int(number)].units : partner.rows[Int(number)].units
    }

    /// The event of a row.
    func event(_ side: Side, _ number: Int32) -> BookRow.Event {
        side == .ledger ? ledger.rows[Int(number)].event : partner.rows[Int(number)].event
    }

    /// The number of the program of a row.
    func unit(_ side: Side, of number: Int32) -> UInt16 {
        side == .ledger
            ? ledgerNames[Int(ledger.rows[Int(number)].unit)]
            : partnerNames[Int(partner.rows[Int(number)].unit)]
    }

    /// The day of a row.
    func day(_ side: Side, _ number: Int32) -> Int32 {
        side == .ledger ? ledger.rows[Int(number)].day : partner.rows[Int(number)].day
    }

    /// The member of a row.
    func member(_ side: Side, _ number: Int32) -> UInt128 {
        side == .ledger ? ledger.rows[Int(number)].member : partner.rows[Int(number)].member
    }

    /// The member of a row as the book names it.
    func account(_ side: Side, _ number: Int32) -> TextSpan {
        side == .ledger ? ledger.rows[Int(number)].account : partner.rows[Int(number)].account
    }

    /// One of the two references of a row.
    func reference(_ side: Side, _ number: Int32, isOther: Bool) -> TextSpan {
        if side == .ledger {
            return isOther
                ? ledger.rows[Int(number)].otherReference : ledger.rows[Int(number)].reference
        }
        return isOther
            ? partner.rows[Int(number)].otherReference : partner.rows[Int(number)].reference
    }

    /// A row.
    func row(_ side: Side, _ number: Int32) -> BookRow {
        side == .ledger ? ledger.rows[Int(number)] : partner.rows[Int(number)]
    }
}

extension BookPair {
    /// The order of two texts by their bytes: negative, 0 or positive.
    func compare(_ left: TextSpan, of one: Side, _ right: TextSpan, of other: Side) -> Int {
        let first = one == .ledger ? ledger.texts : partner.texts
        let second = other == .ledger ? ledger.texts : partner.texts
        var place = Int(left.start)
        var twin = Int(right.start)
        for _ in 0..<min(left.count, right.count) {
            if first[place] != second[twin] { return Int(first[place]) - Int(second[twin]) }
            place += 1
            twin += 1
        }
        return Int(left.count) - Int(right.count)
    }

    /// A number that equal texts share.
    func hash(_ text: TextSpan, of side: Side) -> UInt64 {
        let texts = side == .ledger ? ledger.texts : partner.texts
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for place in Int(text.start)..<Int(text.start) + Int(text.count) {
            hash = (hash ^ UInt64(texts[place])) &* 0x0000_0100_0000_01b3
        }
        return hash
    }

    /// Whether two rows of any sides have a reference in common.
    func shareReference(_ left: BookRow, of one: Side, _ right: BookRow, of other: Side) -> Bool {
        func areEqual(_ left: TextSpan, _ right: TextSpan) -> Bool {
            !left.isEmpty && left.count == right.count
                && compare(left, of: one, right, of: other) == 0
        }
        return areEqual(left.reference, right.reference)
            || areEqual(left.otherReference, right.otherReference)
            || areEqual(left.reference, right.otherReference)
            || areEqual(left.otherReference, right.reference)
    }
}
