internal import Money
internal import Settlement
internal import Signing

extension JournalLine {
    private static let envelope = ["ledger", "journal", "prev", "partner", "time", "action"]

    /// Reads the payload of a line, number `line` of its file.
    ///
    /// Throws `journalForm` for anything that spec/28 §4.2 does not have, and `journalBreak` for a
    /// break whose id is not that of what it is about.
    ///
    /// Complexity: O(n).
    public init(payload: [UInt8], line: Int) throws(FormatError) {
        let value: JSONValue
        do { value = try JSONValue(parsing: payload) } catch {
            throw JournalFault.form(
                line,
                "the payload is not strict JSON: \(error.reason.rawValue)"
            )
        }
        let object = try JournalObject(value, line: line)
        let word = try object.read("action") { $0 }
        let isFirst = word.hasSameBytes(as: "begin")
        try object.require(Self.envelope.filter { !isFirst || $0 != "journal" } + Self.names(word))
        let partner = try object.slug("partner")
        let ledger = try object.digest("ledger")
        self.init(
            ledger: ledger,
            journal: isFirst ? nil : try object.digest("journal"),
            previous: try object.digest("prev"),
            partner: partner,
            time: try object.read("time") { Timestamp($0) },
            act: try Self.act(word, object)
        )
    }

    /// The members of an action beside the envelope.
    private static func names(_ word: String) -> [String] {
        switch word {
        case "begin": ["with", "fourEyes"]
        case "open": ["breaks", "with", "calendar", "window", "kind", "items", "rows"]
        case "propose": ["breaks", "payer", "currency", "amount", "reason"]
        case "assign": ["breaks", "to"]
        case "second", "agree", "undo": ["breaks", "line"]
        case "adjust", "dispute": ["breaks", "entry"]
        case "close", "reopen": ["breaks", "reason"]
        case "comment": ["breaks", "text"]
        case "evidence": ["breaks", "file", "text"]
        default: []
        }
    }

    private static func act(
        _ word: String,
        _ object: JournalObject
    ) throws(FormatError) -> JournalAct {
        switch word {
        case "begin": .begin(with: try object.slug("with"), fourEyes: try fourEyes(object))
        case "join": .join
        case "open": .open(try subject(object))
        case "assign": .assign(try object.breaks(), to: try object.slug("to"))
        case "propose": .propose(try object.onlyBreak(), try proposal(object))
        case "second": .second(try object.onlyBreak(), line: try object.digest("line"))
        case "agree": .agree(try object.onlyBreak(), line: try object.digest("line"))
        case "adjust": .adjust(try object.onlyBreak(), entry: try entry(object))
        case "close": .close(try object.breaks(), reason: try object.text("reason"))
        case "reopen": .reopen(try object.breaks(), reason: try object.text("reason"))
        case "undo": .undo(try object.breaks(), line: try object.digest("line"))
        case "comment": .comment(try object.breaks(), text: try object.text("text"))
        case "evidence":
            .evidence(
                try object.breaks(),
                file: try object.digest("file"),
                text: try object.text("text")
            )
        case "dispute": .dispute(try object.onlyBreak(), entry: try entry(object))
        default: throw JournalFault.form(object.line, "the action is not known")
        }
    }

    private static func entry(_ object: JournalObject) throws(FormatError) -> UInt64 {
        UInt64(try object.number("entry"))
    }

    private static func fourEyes(
        _ object: JournalObject
    ) throws(FormatError) -> [JournalAct.FourEyes] {
        let list = try object.list("fourEyes", 1...FormatLimits.journalCurrencyCount) {
            value throws(FormatError) -> JournalAct.FourEyes? in
            let object = try JournalObject(value, line: object.line)
            try object.require(["currency", "above"])
            return JournalAct.FourEyes(
                currency: try object.read("currency") { Currency($0) },
                above: try object.number("above")
            )
        }
        guard zip(list, list.dropFirst()).allSatisfy({ $0.currency < $1.currency }) else {
            throw JournalFault.form(object.line, "currencies are not in their order, or twice")
        }
        return list
    }

    private static func proposal(
        _ object: JournalObject
    ) throws(FormatError) -> JournalAct.Proposal {
        JournalAct.Proposal(
            payer: try object.slug("payer"),
            currency: try object.read("currency") { Currency($0) },
            amount: try object.number("amount"),
            reason: try object.text("reason")
        )
    }

    private static func subject(_ object: JournalObject) throws(FormatError) -> BreakSubject {
        let scope = BookScope(
            ledger: try object.digest("ledger"),
            try object.slug("partner"),
            try object.slug("with"),
            calendar: try object.slug("calendar"),
            window: UInt64(try object.number("window"))
        )
        let places = 0...FormatLimits.journalPlaceCount
        let items = try object.list("items", places) { value throws(FormatError) in
            guard case .string(let text) = value else { return nil as ItemName? }
            return ItemName(ascii: Array(text.utf8)[...])
        }
        let rows = try object.list("rows", places) {
            value throws(FormatError) -> BreakSubject.Row? in
            let row = try JournalObject(value, line: object.line)
            try row.require(["file", "line"])
            return BreakSubject.Row(
                file: try row.digest("file"),
                line: UInt64(try row.number("line"))
            )
        }
        let (type, field) = try object.read("kind", kind)
        guard let scope,
            let subject = BreakSubject(
                scope: scope,
                type: type,
                field: field,
                items: items,
                rows: rows
            ), subject.items == items, subject.rows == rows
        else { throw JournalFault.form(object.line, "items and rows are not in their order") }
        guard try object.onlyBreak() == subject.id else {
            throw JournalFault.make(
                .journalBreak,
                object.line,
                "the id is not that of what the break is about",
                "derive it as spec/28 §4.1 says"
            )
        }
        return subject
    }

    /// A type, with a point and a field or without one.
    private static func kind(_ text: String) -> (BreakType, BookField?)? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let type = BreakType(rawValue: parts[0]) else { return nil }
        guard parts.count == 2 else { return (type, nil) }
        return BookField.allCases.first { $0.code.hasSameBytes(as: parts[1]) }.map { (type, $0) }
    }
}
