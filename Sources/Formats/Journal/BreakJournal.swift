internal import Settlement
public import Signing

/// The journal that two partners keep about their breaks: one line after another, each signed, each
/// behind the one before (spec/28 §4, R-23).
///
/// It is not in the ledger. Both partners have the same file, and who changes a line that the other
/// one has breaks the chain; what a line says takes effect here as it does there, since the state
/// of a break is a function of the lines alone.
public struct BreakJournal: Sendable {
    /// The ledger.
    public let ledger: Digest
    /// The SHA-256 of the first line, which names the journal.
    public let id: Digest
    /// The partner that began it.
    public let first: Slug
    /// The other partner.
    public let second: Slug
    /// The amounts above which two keys of each partner sign, by currency.
    public let fourEyes: [JournalAct.FourEyes]
    /// The SHA-256 of the last line.
    public private(set) var tip: Digest
    /// How many lines there are.
    public private(set) var lineCount = 1
    /// How many bytes the lines have with their ends.
    public private(set) var byteCount: Int
    /// The time of the last line.
    public private(set) var time: Timestamp
    /// Whether the other partner has joined.
    public private(set) var isJoined = false
    /// The breaks, in the order in which they were opened.
    public private(set) var breaks: [JournalBreak] = []
    private var places: [Digest: Int] = [:]
    private let keys: JournalKeys

    /// Reads a journal of whole lines, each ended by `\n`.
    ///
    /// Throws one of the `journal…` codes with the number of the line, or `tooLarge`.
    ///
    /// Complexity: O(bytes), dominated by a signature for each line.
    public init(parsing text: [UInt8], keys: JournalKeys) throws(FormatError) {
        guard text.count <= FormatLimits.journalByteCount else {
            throw FormatError(
                .tooLarge,
                in: "journal",
                "the journal has more than 64 MiB",
                wayOut: "begin another one"
            )
        }
        guard let end = text.firstIndex(of: 0x0a) else {
            throw JournalFault.form(1, "there is no whole line")
        }
        try self.init(beginning: Array(text[..<end]), keys: keys)
        var start = end + 1
        while start < text.count {
            guard let end = text[start...].firstIndex(of: 0x0a) else {
                throw JournalFault.make(
                    .journalForm,
                    lineCount + 1,
                    "the last line has no end",
                    "remove the line, which was not written whole, and append it again"
                )
            }
            try append(Array(text[start..<end]))
            start = end + 1
        }
    }

    /// A journal of its first line.
    public init(beginning text: [UInt8], keys: JournalKeys) throws(FormatError) {
        let (line, _) = try Self.read(text, keys, number: 1)
        guard case .begin(let with, let fourEyes) = line.act, line.previous == .zero,
            with != line.partner
        else {
            throw JournalFault.make(
                .journalChain,
                1,
                "the first line begins no journal of two partners",
                "see that the file is whole"
            )
        }
        ledger = line.ledger
        id = DigestBuilder.digest(text)
        tip = id
        first = line.partner
        second = with
        self.fourEyes = fourEyes
        time = line.time
        byteCount = text.count + 1
        self.keys = keys
    }

    /// The break of an id, or nil.
    public subscript(id: Digest) -> JournalBreak? {
        places[id].map { breaks[$0] }
    }

    /// What a partner would sign as the next line; its time is not before that of the last one.
    public func draft(_ act: JournalAct, by partner: Slug, at time: Timestamp) -> JournalLine {
        JournalLine(
            ledger: ledger,
            journal: id,
            previous: tip,
            partner: partner,
            time: max(time, self.time),
            act: act
        )
    }

    /// Appends a line, without its end; when it throws, nothing has changed.
    ///
    /// Complexity: O(bytes + breaks of the line), dominated by the signature.
    public mutating func append(_ text: [UInt8]) throws(FormatError) {
        let number = lineCount + 1
        let (line, keyID) = try Self.read(text, keys, number: number)
        try checkPlace(line, number)
        let digest = DigestBuilder.digest(text)
        let step = JournalStep(line: line, keyID: keyID, digest: digest, number: number)
        switch line.act {
        case .begin: throw notHere(number, "a journal begins once")
        case .join:
            guard !isJoined, line.partner == second else {
                throw notHere(number, "the other partner joins once")
            }
            isJoined = true
        default:
            guard isJoined else {
                throw notHere(number, "\(second) has not joined the journal")
            }
            try take(step)
        }
        tip = digest
        lineCount = number
        byteCount += text.count + 1
        time = line.time
    }

    private mutating func take(_ step: JournalStep) throws(FormatError) {
        if case .open(let subject) = step.line.act {
            try open(subject, step)
            return
        }
        var changed: [(place: Int, value: JournalBreak)] = []
        for id in step.line.act.breaks {
            guard let place = places[id] else {
                throw JournalFault.make(
                    .journalBreak,
                    step.number,
                    "the journal has no break \(id)",
                    "open it first"
                )
            }
            changed.append((place, try step.applied(to: breaks[place], self)))
        }
        for (place, value) in changed { breaks[place] = value }
    }

    private mutating func open(
        _ subject: BreakSubject,
        _ step: JournalStep
    ) throws(FormatError) {
        let id = subject.id
        guard places[id] == nil else {
            throw JournalFault.make(
                .journalBreak,
                step.number,
                "the break \(id) is in the journal already",
                "reopen it"
            )
        }
        let value = JournalBreak(subject, id: id, opener: step.line.partner, opened: step.line.time)
        places[id] = breaks.count
        breaks.append(try step.applied(to: value, self))
    }

    private func checkPlace(_ line: JournalLine, _ number: Int) throws(FormatError) {
        guard line.previous == tip else {
            throw JournalFault.make(
                .journalChain,
                number,
                "prev is \(line.previous), the line before is \(tip)",
                "a line was changed, left out or put in before this one; compare with the other file"
            )
        }
        guard line.ledger == ledger, line.journal == id,
            line.partner == first || line.partner == second
        else { throw notHere(number, "it belongs to another journal") }
        guard line.time >= time else {
            throw notHere(number, "its time is before that of the line before")
        }
    }

    private func notHere(_ number: Int, _ reason: String) -> FormatError {
        JournalFault.make(.journalChain, number, reason, "see that the file is that of this pair")
    }

    private static func read(
        _ text: [UInt8],
        _ keys: JournalKeys,
        number: Int
    ) throws(FormatError) -> (JournalLine, Digest) {
        let jws: JWS
        do { jws = try JWS(parsing: text, type: JournalLine.type) } catch {
            throw JournalFault.form(
                number,
                "the line is no JWS of a journal: \(error.code.rawValue)"
            )
        }
        let line = try JournalLine(payload: jws.payload, line: number)
        try keys.verify(jws, text, by: line.partner, line: number)
        return (line, jws.keyID)
    }
}
