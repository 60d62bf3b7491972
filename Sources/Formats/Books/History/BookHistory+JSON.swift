internal import Settlement
internal import Signing

extension BookHistory {
    /// The value of `format`.
    public static let format = "kontor-book-history/1"

    /// Reads a history of strict JSON, as `json` writes it.
    ///
    /// Throws `json`, `memberMissing`, `memberUnknown` and `memberValue`. Complexity: O(n).
    public init(parsing bytes: [UInt8]) throws(FormatError) {
        do throws(FormatError) {
            files = try Self.files(bytes)
        } catch {
            throw FormatError(
                error.code,
                in: "history",
                line: error.line,
                column: error.column,
                error.reason,
                wayOut: "give the history as it was written, or begin a new one"
            )
        }
    }

    private static func files(_ bytes: [UInt8]) throws(FormatError) -> [File] {
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue(parsing: bytes) } catch {
            let place = TextPlace(of: error.offset, in: bytes)
            throw FormatError(
                .json,
                in: "history",
                line: place.line,
                column: place.column,
                "it is not strict JSON: \(error.reason.rawValue)",
                wayOut: ""
            )
        }
        let object = try MappingObject(value, at: "", ["format", "files"])
        guard try object.string("format").hasSameBytes(as: format) else {
            throw object.fault("format", "not \(format)")
        }
        guard case .array(let values) = try object.value("files") else {
            throw object.fault("files", "no array")
        }
        var files: [File] = []
        for (index, value) in values.enumerated() {
            files.append(try file(value, "files[\(index)]"))
        }
        return files
    }

    private static func file(_ value: JSONValue, _ place: String) throws(FormatError) -> File {
        let names = [
            "partner", "name", "digest", "lines", "firstDay", "lastDay", "statements",
            "fingerprints", "complete",
        ]
        let object = try MappingObject(value, at: place, names)
        guard let digest = Digest(try object.string("digest"), as: .url) else {
            throw object.fault("digest", "no digest in 43 characters of base64url")
        }
        let partner = try object.string("partner")
        guard Slug(partner) != nil else { throw object.fault("partner", "no partner's name") }
        var days: ClosedRange<Int32>?
        if object.find("firstDay") != nil {
            let (first, last) = (try day(object, "firstDay"), try day(object, "lastDay"))
            guard first <= last else { throw object.fault("lastDay", "before the first") }
            days = first...last
        }
        var fingerprints: KeptFingerprints?
        if object.find("fingerprints") != nil {
            let isComplete = try object.boolean("complete", or: true)
            fingerprints = KeptFingerprints(
                try object.string("fingerprints"),
                isComplete: isComplete
            )
            guard fingerprints != nil else {
                throw object.fault("fingerprints", "no list of sorted fingerprints")
            }
        }
        return File(
            partner: partner,
            name: try object.string("name"),
            digest: digest,
            lineCount: try object.integer("lines", 0...Int(JSONReader.numberLimit)),
            days: days,
            summaries: try object.list("statements", limit: .max, summary),
            fingerprints: fingerprints
        )
    }

    private static func day(_ object: MappingObject, _ name: String) throws(FormatError) -> Int32 {
        guard let date = CivilDate(try object.string(name)) else {
            throw object.fault(name, "no day like 2026-11-22")
        }
        return Int32(date.days)
    }

    private static func summary(
        _ value: JSONValue,
        _ place: String
    ) throws(FormatError) -> BookSummary {
        let object = try MappingObject(value, at: place, ["id", "sequence", "account", "balances"])
        return BookSummary(
            statement: try object.string("id", or: ""),
            sequence: try amount(object, "sequence").map { Int($0) },
            account: try object.string("account", or: ""),
            balances: try object.list("balances", balance)
        )
    }

    private static func balance(
        _ value: JSONValue,
        _ place: String
    ) throws(FormatError) -> BookSummary.Balance {
        let object = try MappingObject(value, at: place, ["program", "opening", "closing"])
        return BookSummary.Balance(
            program: try object.string("program"),
            opening: try amount(object, "opening"),
            closing: try amount(object, "closing")
        )
    }

    private static func amount(
        _ object: MappingObject,
        _ name: String
    ) throws(FormatError) -> Int64? {
        guard object.find(name) != nil else { return nil }
        guard let amount = ExactText.amount(try object.string(name)),
            let units = Int64(exactly: amount)
        else { throw object.fault(name, "no whole number like \"-3893\"") }
        return units
    }

    /// The history as JSON in its shortest text; the same history gives the same bytes.
    ///
    /// Complexity: O(n).
    public var json: [UInt8] {
        var object = JSONObject()
        object["format"] = .string(Self.format)
        object["files"] = .array(files.map { Self.value($0) })
        return object.value.text
    }

    private static func value(_ file: File) -> JSONValue {
        var object = JSONObject()
        object["partner"] = .string(file.partner)
        object["name"] = .string(file.name)
        object["digest"] = .string(file.digest.base64URL)
        object["lines"] = .integer(Int64(file.lineCount))
        if let days = file.days {
            object["firstDay"] = .string(CivilDate(days: Int(days.lowerBound)).description)
            object["lastDay"] = .string(CivilDate(days: Int(days.upperBound)).description)
        }
        object["statements"] = .array(file.summaries.map { value($0) })
        if let fingerprints = file.fingerprints {
            object["fingerprints"] = .string(fingerprints.text)
            object["complete"] = .boolean(fingerprints.isComplete)
        }
        return object.value
    }

    private static func value(_ summary: BookSummary) -> JSONValue {
        var object = JSONObject()
        object["id"] = .string(summary.statement)
        if let sequence = summary.sequence { object["sequence"] = .string(String(sequence)) }
        object["account"] = .string(summary.account)
        object["balances"] = .array(
            summary.balances.map { balance in
                var object = JSONObject()
                object["program"] = .string(balance.program)
                if let opening = balance.opening { object["opening"] = .string(String(opening)) }
                if let closing = balance.closing { object["closing"] = .string(String(closing)) }
                return object.value
            }
        )
        return object.value
    }
}
