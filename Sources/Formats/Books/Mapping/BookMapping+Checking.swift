internal import Money
internal import Signing

extension BookMapping {
    /// What must hold between the members of a mapping.
    func check() throws(FormatError) {
        guard (1...2).contains(amounts.count) else {
            throw fault("amounts holds \(amounts.count) elements, not one or two")
        }
        try checkFields()
        for (index, amount) in amounts.enumerated() { try check(amount, "amounts[\(index)]") }
        if let currency {
            try check(currency, "currency") { Currency($0) != nil }
        } else if column(.money) != nil || column(.fee) != nil {
            throw fault("currency is missing, which money and fee are in")
        }
        try checkControl()
    }

    private func checkFields() throws(FormatError) {
        for field in fields { try check(field.column, "columns.\(field.field.rawValue)") }
        guard column(.day) == nil || dates != nil else {
            throw fault("dates is missing, which columns.day is read by")
        }
        try check(statusWords, "status", column(.status) != nil) {
            ["pending", "posted", "void"].contains($0)
        }
        try check(eventWords, "events", column(.event) != nil) {
            ["posting", "reversal"].contains($0)
        }
        if case .csv(let shape) = shape {
            guard shape.quote != shape.delimiter else {
                throw fault("file.quote is the delimiter too")
            }
        }
    }

    private func check(
        _ words: [MappedWord],
        _ name: String,
        _ hasColumn: Bool,
        _ isMeaning: (String) -> Bool
    ) throws(FormatError) {
        guard hasColumn == !words.isEmpty else {
            let what = hasColumn ? "has no words for its column" : "has words and no column"
            throw fault("\(name) \(what)")
        }
        for word in words {
            guard isMeaning(word.meaning) else {
                throw fault("\(name) gives \"\(word.word)\" no meaning that is known")
            }
            if case .csv(let shape) = shape {
                guard shape.encoding.bytes(word.word) != nil else {
                    throw fault("\(name) has a word that \(shape.encoding.rawValue) cannot write")
                }
            }
        }
    }

    private func check(
        _ name: MappedName,
        _ place: String,
        _ isName: (String) -> Bool
    ) throws(FormatError) {
        switch name {
        case .constant(let text):
            guard isName(text) else { throw fault("\(place) \"\(text)\" is no such name") }
        case .column(let column, let words):
            try check(column, place)
            try check(words, "\(place).words", true, isName)
        }
    }

    private func check(_ amount: MappedAmount, _ place: String) throws(FormatError) {
        try check(amount.program, "\(place).program") { ProgramID($0) != nil }
        switch amount.number {
        case .column(let column): try check(column, place)
        case .sides(let debit, let credit):
            try check(debit, place)
            try check(credit, place)
            guard debit != credit else { throw fault("\(place) has one column for both sides") }
            guard amount.sign == .stated || amount.sign == .inverted else {
                throw fault("\(place) has two columns and another sign beside")
            }
        }
        guard case .words(let column, let debit, let credit) = amount.sign else { return }
        try check(column, place)
        guard !(debit + credit).isEmpty,
            !debit.contains(where: { word in credit.contains { $0.hasSameBytes(as: word) } })
        else { throw fault("\(place).sign has no words, or one word for both ways") }
    }

    private func check(_ column: BookColumn, _ place: String) throws(FormatError) {
        switch (shape, column) {
        case (.csv(let shape), .name):
            guard shape.hasHeader else {
                throw fault("\(place) names a column, and the file has no header")
            }
        case (.csv, .position): return
        case (.json, .name(let text)), (.ndjson, .name(let text)):
            guard JSONPath(text) != nil else {
                throw fault("\(place) is no JSON Pointer like /amount/value")
            }
        case (.camt, .name(let text)):
            guard BankRecord.names.contains(where: { $0.hasSameBytes(as: text) }) else {
                throw fault("\(place) is none of \(BankRecord.names.joined(separator: ", "))")
            }
        case (_, .position):
            throw fault("\(place) is a position, which only separated values have")
        }
    }

    private func checkControl() throws(FormatError) {
        var places = control.marks.map(\.place) + control.sums.map(\.place)
        places += [control.count, control.statement, control.sequence].compactMap(\.self)
        for balance in control.balances {
            places += [balance.opening, balance.closing].compactMap(\.self)
            if let column = balance.running { try check(column, "control.balances") }
            guard ProgramID(balance.program) != nil else {
                throw fault("control.balances has \"\(balance.program)\", which is no program")
            }
        }
        for place in places {
            guard stands(place) else {
                throw fault("control has a place that such a file does not have")
            }
        }
        let numbers = numberColumns
        for sum in control.sums where !numbers.contains(sum.column) {
            throw fault("control.sums has \(sum.column), which no amount, money or fee is in")
        }
    }

    private func stands(_ place: BookPlace) -> Bool {
        switch (shape, place) {
        case (.csv(let shape), .head(let line, _)): line <= shape.skippedLineCount
        case (.csv(let shape), .foot(let row, _)): row <= shape.footerRowCount
        case (.json, .pointer(let text)): JSONPath(text) != nil
        case (.camt, .name(let text)): BankRecord.headNames.contains { $0.hasSameBytes(as: text) }
        default: false
        }
    }

    /// The columns that hold numbers.
    var numberColumns: [BookColumn] {
        var columns = fields.filter(\.field.isNumber).map(\.column)
        for amount in amounts {
            switch amount.number {
            case .column(let column): columns.append(column)
            case .sides(let debit, let credit): columns += [debit, credit]
            }
        }
        return columns
    }

    private func fault(_ reason: String) -> FormatError {
        MappingObject.fault(.memberValue, reason)
    }
}
