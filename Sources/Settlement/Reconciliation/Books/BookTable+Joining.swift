extension BookTable {
    /// Adds the rows, files and faults of another table behind the own ones; false if files, names
    /// or texts become too many, and then nothing is added.
    ///
    /// Complexity: O(rows and texts of the other).
    public mutating func append(_ other: BookTable) -> Bool {
        var joined = self
        guard files.count + other.files.count < Int(UInt16.max),
            let start = joined.keep(other.allTexts)?.start
        else { return false }
        var numbers: [UInt16] = []
        for name in other.names {
            guard let number = joined.number(of: name) else { return false }
            numbers.append(number)
        }
        let firstFile = UInt16(files.count)
        joined.rows.reserveCapacity(rows.count + other.rows.count)
        for row in other.rows {
            var row = row
            row.unit = numbers[Int(row.unit)]
            if row.currency != BookRow.noName { row.currency = numbers[Int(row.currency)] }
            row.file += firstFile
            row.reference = row.reference.moved(by: start)
            row.otherReference = row.otherReference.moved(by: start)
            row.batch = row.batch.moved(by: start)
            row.account = row.account.moved(by: start)
            joined.rows.append(row)
        }
        joined.files += other.files
        joined.faults += other.faults.map { fault in
            BookFault(
                fault.code,
                file: fault.file + firstFile,
                line: fault.line,
                column: fault.column,
                fault.reason
            )
        }
        self = joined
        return true
    }

    /// The bytes of all texts.
    private var allTexts: ArraySlice<UInt8> { texts[...] }
}

extension TextSpan {
    /// The same piece where the texts before it are so many bytes longer.
    fileprivate func moved(by count: UInt32) -> TextSpan {
        isEmpty ? .none : TextSpan(start: start + count, count: self.count)
    }
}
