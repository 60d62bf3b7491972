extension BookTable {
    /// Whether every row points to names, files and texts that there are.
    func isWhole(_ row: BookRow) -> Bool {
        func holds(_ span: TextSpan) -> Bool {
            Int(span.start) + Int(span.count) <= texts.count
        }
        return Int(row.unit) < names.count && Int(row.file) < files.count
            && (row.currency == BookRow.noName || Int(row.currency) < names.count)
            && holds(row.reference) && holds(row.otherReference) && holds(row.batch)
            && holds(row.account)
    }

    /// Brings files, rows and faults into canonical order, and tells how rows moved: nil when they
    /// had that order already.
    ///
    /// Files come by digest and name, rows by file, place and content, faults by file and place.
    ///
    /// Complexity: O(n), and O(n log n) for rows of one place.
    mutating func bringIntoOrder() -> [Int32]? {
        sortFiles()
        faults.sort { left, right in
            if left.file != right.file { return left.file < right.file }
            if left.line != right.line { return left.line < right.line }
            if left.column != right.column { return left.column < right.column }
            if left.code != right.code { return left.code.rawValue < right.code.rawValue }
            return left.reason.utf8.lexicographicallyPrecedes(right.reason.utf8)
        }
        guard let order = canonicalOrder() else { return nil }
        rows = order.map { rows[Int($0)] }
        return order
    }

    private mutating func sortFiles() {
        func precedes(_ left: Int, _ right: Int) -> Bool {
            let (one, other) = (files[left], files[right])
            if one.digest != other.digest {
                return one.digest.utf8.lexicographicallyPrecedes(other.digest.utf8)
            }
            if one.name != other.name {
                return one.name.utf8.lexicographicallyPrecedes(other.name.utf8)
            }
            return one.rowCount < other.rowCount
        }
        let order = files.indices.sorted(by: precedes)
        if order.elementsEqual(files.indices) { return }
        var places = [UInt16](repeating: 0, count: files.count)
        for (place, file) in order.enumerated() { places[file] = UInt16(truncatingIfNeeded: place) }
        files = order.map { files[$0] }
        for row in rows.indices { rows[row].file = places[Int(rows[row].file)] }
        faults = faults.map { fault in
            BookFault(
                fault.code,
                file: Int(fault.file) < places.count ? places[Int(fault.file)] : fault.file,
                line: fault.line,
                column: fault.column,
                fault.reason
            )
        }
    }

    /// The numbers of the rows by file, place and content, or nil when they have that order.
    private func canonicalOrder() -> [Int32]? {
        let pair = BookPair(ledger: self, partner: BookTable())
        func isOrdered(_ left: Int32, _ right: Int32) -> Bool {
            let (one, other) = (rows[Int(left)], rows[Int(right)])
            if one.file != other.file { return one.file < other.file }
            if one.place != other.place { return one.place < other.place }
            return pair.compareContent(left, right, of: .ledger) <= 0
        }
        let count = Int32(rows.count)
        if count < 2 || (1..<count).allSatisfy({ isOrdered($0 - 1, $0) }) { return nil }
        var order = Array(0..<count)
        sort(&order) { $0.place << 32 }
        sort(&order) { $0.place & 0xffff_ffff_0000_0000 }
        sort(&order) { UInt64($0.file) << 32 }
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, sharePlace(order[start], order[end]) { end += 1 }
            if end - start > 1 {
                order[start..<end].sort { left, right in
                    let content = pair.compareContent(left, right, of: .ledger)
                    return content == 0 ? left < right : content < 0
                }
            }
            start = end
        }
        return order
    }

    private func sharePlace(_ left: Int32, _ right: Int32) -> Bool {
        let (one, other) = (rows[Int(left)], rows[Int(right)])
        return one.place == other.place && one.file == other.file
    }

    /// Sorts numbers of rows by 32 bits in the upper half of a word; equal ones keep their order.
    private func sort(_ order: inout [Int32], by key: (BookRow) -> UInt64) {
        var packed = order.indices.map { place in
            HashedRows.pack(key(rows[Int(order[place])]), Int32(place))
        }
        HashedRows.sort(&packed)
        order = packed.map { order[Int(HashedRows.row($0))] }
    }
}
