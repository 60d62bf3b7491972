internal import Signing

extension BookMapping {
    private static let memberNames = [
        "format", "ledger", "partner", "version", "file", "numbers", "dates", "columns", "status",
        "events", "reversals", "currency", "amounts", "control",
    ]

    /// Reads a mapping of strict JSON (spec/26 §1); a saved one is read by `SignedMapping`.
    ///
    /// Throws `json`, `memberMissing`, `memberUnknown` and `memberValue`.
    ///
    /// Complexity: O(n).
    public init(parsing bytes: [UInt8]) throws(FormatError) {
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue(parsing: bytes) } catch {
            let place = TextPlace(of: error.offset, in: bytes)
            throw FormatError(
                .json,
                in: "mapping",
                line: place.line,
                column: place.column,
                "it is not strict JSON: \(error.reason.rawValue)",
                wayOut: "write the mapping as one JSON object, as spec/26 has it"
            )
        }
        let object = try MappingObject(value, at: "", Self.memberNames)
        guard try object.string("format").hasSameBytes(as: Self.format) else {
            throw object.fault("format", "not \(Self.format)")
        }
        guard let ledger = Digest(try object.string("ledger"), as: .url) else {
            throw object.fault("ledger", "no digest in 43 characters of base64url")
        }
        guard let partner = Slug(try object.string("partner")) else {
            throw object.fault("partner", "no partner's name")
        }
        self.init(
            ledger: ledger,
            partner: partner,
            version: try object.integer("version", 1...1_000_000),
            shape: try Self.shape(try object.value("file")),
            amounts: try object.list("amounts", Self.amount)
        )
        if let value = object.find("numbers") { numbers = try Self.numbers(value) }
        if let value = object.find("dates") { try readDates(value) }
        if let value = object.find("columns") { fields = try Self.fields(value) }
        statusWords = try object.words("status")
        eventWords = try object.words("events")
        flipsReversals = try object.choice("reversals", or: Reversals.stated) == .flipped
        if let value = object.find("currency") { currency = try Self.name(value, "currency") }
        if let value = object.find("control") { control = try Self.control(value) }
        try check()
    }

    enum Reversals: String, CaseIterable { case stated, flipped }

    private static func shape(_ value: JSONValue) throws(FormatError) -> BookFileShape {
        let names = [
            "type", "encoding", "delimiter", "quote", "header", "skip", "footer", "rows",
        ]
        let object = try MappingObject(value, at: "file", names)
        let type = try object.string("type")
        let allowed =
            type.hasSameBytes(as: "csv")
            ? Array(names.dropLast()) : type.hasSameBytes(as: "json") ? ["type", "rows"] : ["type"]
        _ = try MappingObject(value, at: "file", allowed)
        switch type {
        case "csv": return .csv(try separated(object))
        case "json": return .json(rows: try object.string("rows"))
        case "ndjson": return .ndjson
        case "camt": return .camt
        default: throw object.fault("type", "none of csv, json, ndjson, camt")
        }
    }

    private static func separated(
        _ object: MappingObject
    ) throws(FormatError) -> SeparatedShape {
        let quote = try object.string("quote", or: "\"")
        return SeparatedShape(
            encoding: try object.choice("encoding", or: .utf8),
            delimiter: try mark(object, "delimiter", try object.string("delimiter", or: ",")),
            quote: quote.isEmpty ? nil : try mark(object, "quote", quote),
            hasHeader: try object.boolean("header", or: true),
            skippedLineCount: try object.integer("skip", 0...BookLimits.aroundRowCount, or: 0),
            footerRowCount: try object.integer("footer", 0...BookLimits.aroundRowCount, or: 0)
        )
    }

    private static func mark(
        _ object: MappingObject,
        _ name: String,
        _ text: String
    ) throws(FormatError) -> UInt8 {
        let bytes = Array(text.utf8)
        guard bytes.count == 1, bytes[0] == 0x09 || (0x21...0x7e).contains(bytes[0]) else {
            throw object.fault(name, "not one visible character of ASCII, or a tab")
        }
        return bytes[0]
    }

    private static func numbers(_ value: JSONValue) throws(FormatError) -> NumberStyle {
        let object = try MappingObject(value, at: "numbers", ["decimal", "thousands", "sign"])
        let decimal = Array(try object.string("decimal", or: ".").utf8)
        guard decimal == [0x2e] || decimal == [0x2c] else {
            throw object.fault("decimal", "neither a point nor a comma")
        }
        let thousands = try object.string("thousands", or: "")
        guard NumberStyle.thousandsMarks.contains(where: { $0.hasSameBytes(as: thousands) }) else {
            throw object.fault("thousands", "no mark between groups of digits")
        }
        guard Array(thousands.utf8) != decimal else {
            throw object.fault("thousands", "the decimal mark too")
        }
        let sign = try object.choice("sign", or: NumberStyle.Sign.leading)
        return NumberStyle(decimal: decimal[0], thousands: thousands, sign: sign)
    }

    private mutating func readDates(_ value: JSONValue) throws(FormatError) {
        let names = ["pattern", "utcOffsetMinutes", "dayOffsetMinutes"]
        let object = try MappingObject(value, at: "dates", names)
        guard let pattern = DatePattern(try object.string("pattern")) else {
            throw object.fault("pattern", "no pattern like DD.MM.YYYY")
        }
        dates = pattern
        utcOffsetMinutes = try object.integer("utcOffsetMinutes", -840...840, or: 0)
        dayOffsetMinutes = try object.integer(
            "dayOffsetMinutes",
            -840...840,
            or: utcOffsetMinutes
        )
    }

    private static func fields(_ value: JSONValue) throws(FormatError) -> [MappedField] {
        let object = try MappingObject(value, at: "columns", MappingField.allCases.map(\.rawValue))
        var fields: [MappedField] = []
        for field in MappingField.allCases where object.find(field.rawValue) != nil {
            fields.append(MappedField(field, try object.column(field.rawValue)))
        }
        return fields
    }

    static func name(_ value: JSONValue, _ place: String) throws(FormatError) -> MappedName {
        if case .string(let text) = value { return .constant(text) }
        let object = try MappingObject(value, at: place, ["column", "words"])
        return .column(try object.column("column"), try object.words("words"))
    }

    private static func amount(
        _ value: JSONValue,
        _ place: String
    ) throws(FormatError) -> MappedAmount {
        let names = ["program", "scale", "column", "debit", "credit", "sign"]
        let object = try MappingObject(value, at: place, names)
        let number: MappedAmount.Number
        if object.find("column") != nil {
            guard object.find("debit") == nil, object.find("credit") == nil else {
                throw object.fault("column", "given beside debit and credit")
            }
            number = .column(try object.column("column"))
        } else {
            number = .sides(
                debit: try object.column("debit"),
                credit: try object.column("credit")
            )
        }
        return MappedAmount(
            program: try name(try object.value("program"), object.place("program")),
            scale: try object.integer("scale", 0...BookLimits.scale, or: 0),
            number: number,
            sign: try sign(object)
        )
    }

    private static func sign(_ object: MappingObject) throws(FormatError) -> MappedAmount.Sign {
        guard let value = object.find("sign") else { return .stated }
        switch value {
        case "stated": return .stated
        case "inverted": return .inverted
        case "debit": return .debit
        case "credit": return .credit
        default: break
        }
        let names = ["column", "debit", "credit"]
        let place = object.place("sign")
        let words = try MappingObject(value, at: place, names)
        let read = { (value: JSONValue, place: String) throws(FormatError) -> String in
            guard case .string(let text) = value else {
                throw MappingObject.fault(.memberValue, "\(place) is no string")
            }
            return text
        }
        return .words(
            try words.column("column"),
            debit: try words.list("debit", read),
            credit: try words.list("credit", read)
        )
    }
}
