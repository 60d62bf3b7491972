internal import Settlement
internal import Signing

/// How a partner of the demonstration writes its books.
enum DemoDialect: String, Sendable, CaseIterable {
    /// Semicolons, points between groups, days as in Germany.
    case semicolons
    /// Columns for debit and credit, days as in the United States, a footer that counts and sums.
    case sides
    /// One JSON object a line.
    case objects

    /// The ending of its files.
    var ending: String { self == .objects ? "ndjson" : "csv" }

    /// What it is, for people.
    var title: String {
        switch self {
        case .semicolons: "CSV of semicolons"
        case .sides: "CSV of two sides"
        case .objects: "JSON lines"
        }
    }

    /// The file of some lines.
    func file(_ lines: [DemoBookLine]) -> [UInt8] {
        var rows: [String]
        switch self {
        case .semicolons:
            rows = ["Vorgang;Programm;Tag;Punkte;Art"] + lines.map(semicolons)
        case .sides:
            rows = ["transfer,program,date,debit,credit,type"] + lines.map(sides)
            let readable = lines.filter { !$0.isBroken }
            let debit = readable.reduce(0) { $0 + max(0, -$1.units) }
            let credit = readable.reduce(0) { $0 + max(0, $1.units) }
            rows.append("total,\(lines.count),,\(debit),\(credit),")
        case .objects: rows = lines.map(object)
        }
        return Array((rows.joined(separator: "\n") + "\n").utf8)
    }

    /// The mapping by which its files are read (spec/26), not signed yet.
    func mapping(ledger: Digest, partner: String, programs: [String]) -> JSONValue {
        let words = JSONValue.object(
            programs.map { JSONMember(name: Self.word($0), value: .string($0)) }
        )
        func program(_ column: String) -> JSONValue {
            ["column": .string(column), "words": words]
        }
        let head: JSONValue = [
            "format": "kontor-mapping/1", "ledger": .string(ledger.base64URL),
            "partner": .string(partner), "version": 1,
        ]
        switch self {
        case .semicolons:
            return head.adding([
                "file": ["type": "csv", "encoding": "UTF-8", "delimiter": ";"],
                "numbers": ["decimal": ",", "thousands": "."],
                "dates": ["pattern": "DD.MM.YYYY"],
                "columns": ["transfer": "Vorgang", "day": "Tag", "event": "Art"],
                "events": ["Buchung": "posting", "Storno": "reversal"],
                "amounts": [["program": program("Programm"), "column": "Punkte"]],
            ])
        case .sides:
            return head.adding([
                "file": ["type": "csv", "encoding": "UTF-8", "footer": 1],
                "dates": ["pattern": "MM/DD/YYYY"],
                "columns": ["transfer": "transfer", "day": "date", "event": "type"],
                "events": ["post": "posting", "reverse": "reversal"],
                "amounts": [["program": program("program"), "debit": "debit", "credit": "credit"]],
                "control": [
                    "marks": [["text": "total", "at": ["foot": 1, "cell": 1]]],
                    "count": ["foot": 1, "cell": 2],
                ],
            ])
        case .objects:
            return head.adding([
                "file": ["type": "ndjson"], "dates": ["pattern": "YYYY-MM-DD"],
                "columns": ["transfer": "/transfer", "day": "/day", "event": "/event"],
                "events": ["posting": "posting", "reversal": "reversal"],
                "amounts": [["program": program("/program"), "column": "/units"]],
            ])
        }
    }

    /// A program as a partner's own books name it.
    private static func word(_ program: String) -> String {
        String(program.split(separator: "/").joined(separator: " "))
    }

    private func semicolons(_ line: DemoBookLine) -> String {
        var number = line.units.grouped.replacing(",", with: ".")
        if line.isBroken { number += "x" }
        let (year, month, day) = Self.day(line.day)
        return "\(line.transfer);\(Self.word(line.program));\(day).\(month).\(year);\(number);"
            + (line.event == .posting ? "Buchung" : "Storno")
    }

    private func sides(_ line: DemoBookLine) -> String {
        let number = "\(line.units.magnitude)\(line.isBroken ? "x" : "")"
        let (year, month, day) = Self.day(line.day)
        return "\(line.transfer),\(Self.word(line.program)),\(month)/\(day)/\(year),"
            + (line.units < 0 ? "\(number),," : ",\(number),")
            + (line.event == .posting ? "post" : "reverse")
    }

    private func object(_ line: DemoBookLine) -> String {
        let value: JSONValue = [
            "transfer": .string(line.transfer), "program": .string(Self.word(line.program)),
            "day": .string(CivilDate(days: Int(line.day)).description),
            "units": line.isBroken ? .string("\(line.units)x") : .integer(line.units),
            "event": .string("\(line.event)"),
        ]
        return String(decoding: value.text, as: UTF8.self)
    }

    /// Year, month and day with all their digits.
    private static func day(_ day: Int32) -> (String, String, String) {
        let parts = CivilDate(days: Int(day)).description.split(separator: "-").map(String.init)
        return (parts[0], parts[1], parts[2])
    }
}

extension JSONValue {
    /// The object with more members.
    fileprivate func adding(_ members: JSONValue) -> JSONValue {
        guard case .object(let own) = self, case .object(let more) = members else { return self }
        return .object(own + more)
    }
}
