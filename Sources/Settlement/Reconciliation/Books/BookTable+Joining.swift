extension BookTable {
    /// Adds the rows, files, faults and texts of another table behind the own ones.
    ///
    /// False, and no row is added, when there is no room left for texts, names or files.
    ///
    /// Complexity: O(what is added).
    public mutating func join(_ other: BookTable) -> Bool {
        guard UInt64(texts.count) + UInt64(other.texts.count) <= UInt64(UInt32.max),
            files.count + other.files.count < Int(UInt16.max),
            let firstFile = UInt16(exactly: files.count)
        else { return false }
        var numbers: [UInt16] = []
        for name in other.names {
            guard let number = number(of: name) else { return false }
            numbers.append(number)
        }
        guard let base = keep(other.texts[...]) else { return false }
        rows.reserveCapacity(rows.count + other.rows.count)
        for row in other.rows {
            var row = row
            row.unit = numbers[Int(row.unit)]
            if row.currency != BookRow.noName { row.currency = numbers[Int(row.currency)] }
            row.file += firstFile
            row.reference = row.reference.moved(by: base.start)
            row.otherReference = row.otherReference.moved(by: base.start)
            row.batch = row.batch.moved(by: base.start)
            row.account = row.account.moved(by: base.start)
            rows.append(row)
        }
        files += other.files
        for fault in other.faults {
            faults.append(
                BookFault(
                    fault.code,
                    file: fault.file + firstFile,
                    line: fault.line,
                    column: fault.column,
                    fault.reason
                )
            )
        }
        return true
    }
}

extension TextSpan {
    /// The same piece of texts that begin later.
    fileprivate func moved(by start: UInt32) -> TextSpan {
        isEmpty ? self : TextSpan(start: self.start + start, count: count)
    }
}
