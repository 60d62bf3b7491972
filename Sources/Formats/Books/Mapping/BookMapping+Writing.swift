internal import Signing

extension BookMapping {
    /// The mapping as JSON in its shortest text, as it is signed.
    ///
    /// Complexity: O(n).
    public var json: [UInt8] {
        var object = JSONObject()
        object["format"] = .string(Self.format)
        object["ledger"] = .string(ledger.base64URL)
        object["partner"] = .string(partner.text)
        object["version"] = .integer(Int64(version))
        object["file"] = fileValue
        object["numbers"] = [
            "decimal": .string(String(Unicode.Scalar(numbers.decimal))),
            "thousands": .string(numbers.thousands), "sign": .string(numbers.sign.rawValue),
        ]
        if let dates {
            object["dates"] = [
                "pattern": .string(dates.text),
                "utcOffsetMinutes": .integer(Int64(utcOffsetMinutes)),
                "dayOffsetMinutes": .integer(Int64(dayOffsetMinutes)),
            ]
        }
        var columns = JSONObject()
        for field in fields { columns[field.field.rawValue] = Self.value(field.column) }
        object["columns"] = columns.value
        if !statusWords.isEmpty { object["status"] = Self.value(statusWords) }
        if !eventWords.isEmpty { object["events"] = Self.value(eventWords) }
        object["reversals"] = flipsReversals ? "flipped" : "stated"
        if let currency { object["currency"] = Self.value(currency) }
        object["amounts"] = .array(amounts.map { Self.value($0) })
        if control != BookControl() { object["control"] = controlValue }
        return object.value.text
    }

    private var fileValue: JSONValue {
        var object = JSONObject()
        object["type"] = .string(shape.word)
        switch shape {
        case .csv(let shape):
            object["encoding"] = .string(shape.encoding.rawValue)
            object["delimiter"] = .string(String(Unicode.Scalar(shape.delimiter)))
            object["quote"] = .string(shape.quote.map { String(Unicode.Scalar($0)) } ?? "")
            object["header"] = .boolean(shape.hasHeader)
            object["skip"] = .integer(Int64(shape.skippedLineCount))
            object["footer"] = .integer(Int64(shape.footerRowCount))
        case .json(let rows): object["rows"] = .string(rows)
        case .ndjson, .camt: break
        }
        return object.value
    }

    private var controlValue: JSONValue {
        var object = JSONObject()
        object["marks"] = .array(
            control.marks.map { ["text": .string($0.text), "at": Self.value($0.place)] }
        )
        if let count = control.count { object["count"] = Self.value(count) }
        object["sums"] = .array(
            control.sums.map { ["of": Self.value($0.column), "at": Self.value($0.place)] }
        )
        if let statement = control.statement { object["statement"] = Self.value(statement) }
        if let sequence = control.sequence { object["sequence"] = Self.value(sequence) }
        object["balances"] = .array(
            control.balances.map { balance in
                var object = JSONObject()
                object["program"] = .string(balance.program)
                if let place = balance.opening { object["opening"] = Self.value(place) }
                if let place = balance.closing { object["closing"] = Self.value(place) }
                if let column = balance.running { object["running"] = Self.value(column) }
                return object.value
            }
        )
        return object.value
    }

    private static func value(_ column: BookColumn) -> JSONValue {
        switch column {
        case .name(let name): .string(name)
        case .position(let position): .integer(Int64(position))
        }
    }

    private static func value(_ words: [MappedWord]) -> JSONValue {
        .object(words.map { JSONMember(name: $0.word, value: .string($0.meaning)) })
    }

    private static func value(_ name: MappedName) -> JSONValue {
        switch name {
        case .constant(let text): .string(text)
        case .column(let column, let words): ["column": value(column), "words": value(words)]
        }
    }

    private static func value(_ place: BookPlace) -> JSONValue {
        switch place {
        case .head(let line, let cell):
            ["head": .integer(Int64(line)), "cell": .integer(Int64(cell))]
        case .foot(let row, let cell):
            ["foot": .integer(Int64(row)), "cell": .integer(Int64(cell))]
        case .pointer(let text), .name(let text): .string(text)
        }
    }

    private static func value(_ amount: MappedAmount) -> JSONValue {
        var object = JSONObject()
        object["program"] = value(amount.program)
        object["scale"] = .integer(Int64(amount.scale))
        switch amount.number {
        case .column(let column): object["column"] = value(column)
        case .sides(let debit, let credit):
            object["debit"] = value(debit)
            object["credit"] = value(credit)
        }
        switch amount.sign {
        case .stated: object["sign"] = "stated"
        case .inverted: object["sign"] = "inverted"
        case .debit: object["sign"] = "debit"
        case .credit: object["sign"] = "credit"
        case .words(let column, let debit, let credit):
            object["sign"] = [
                "column": value(column), "debit": .array(debit.map { .string($0) }),
                "credit": .array(credit.map { .string($0) }),
            ]
        }
        return object.value
    }
}

/// An object of JSON that is put together member by member.
struct JSONObject {
    private var members: [JSONMember] = []

    /// The value.
    var value: JSONValue { .object(members) }

    /// Adds a member; there is none to read.
    subscript(_ name: String) -> JSONValue? {
        get { value[name] }
        set {
            if let newValue { members.append(JSONMember(name: name, value: newValue)) }
        }
    }
}
