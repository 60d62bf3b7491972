internal import Money
internal import Settlement
internal import Signing

/// An object of a journal's line with exactly its members, read by their names.
struct JournalObject {
    private let members: [JSONMember]
    /// The number of the line, for faults.
    let line: Int

    /// The object of a value.
    init(_ value: JSONValue, line: Int) throws(FormatError) {
        guard case .object(let members) = value else {
            throw JournalFault.form(line, "a part of the payload is no object")
        }
        self.members = members
        self.line = line
    }

    /// Requires that there are these members and no others.
    func require(_ names: [String]) throws(FormatError) {
        for member in members where !names.contains(where: { $0.hasSameBytes(as: member.name) }) {
            throw JournalFault.form(line, "\(member.name) is not a member here")
        }
        for name in names where find(name) == nil {
            throw JournalFault.form(line, "\(name) is missing")
        }
    }

    /// A string that a reading takes.
    func read<Value>(_ name: String, _ body: (String) -> Value?) throws(FormatError) -> Value {
        guard case .string(let text)? = find(name), let value = body(text) else {
            throw JournalFault.form(line, "\(name) has not its form")
        }
        return value
    }

    /// A digest.
    func digest(_ name: String) throws(FormatError) -> Digest {
        try read(name) { Digest($0, as: .url) }
    }

    /// A slug.
    func slug(_ name: String) throws(FormatError) -> Slug {
        try read(name) { Slug($0) }
    }

    /// A text for people: 1 to 1,000 characters, none of them a control character.
    func text(_ name: String) throws(FormatError) -> String {
        try read(name) { text in
            let isPlain = text.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value)
            }
            return isPlain
                && (1...FormatLimits.journalTextCount).contains(text.unicodeScalars.count)
                ? text : nil
        }
    }

    /// An integer from 0.
    func number(_ name: String) throws(FormatError) -> Int64 {
        guard case .integer(let number)? = find(name), number >= 0 else {
            throw JournalFault.form(line, "\(name) is no number from 0")
        }
        return number
    }

    /// The elements of an array of at most so many.
    func list<Element>(
        _ name: String,
        _ range: ClosedRange<Int>,
        _ body: (JSONValue) throws(FormatError) -> Element?
    ) throws(FormatError) -> [Element] {
        guard case .array(let values)? = find(name), range.contains(values.count) else {
            throw JournalFault.form(
                line,
                "\(name) has not \(range.lowerBound) to \(range.upperBound) elements"
            )
        }
        var elements: [Element] = []
        for value in values {
            guard let element = try body(value) else {
                throw JournalFault.form(line, "an element of \(name) has not its form")
            }
            elements.append(element)
        }
        return elements
    }

    /// Breaks, ascending, each once.
    func breaks() throws(FormatError) -> [Digest] {
        let ids = try list("breaks", 1...FormatLimits.journalPlaceCount) {
            value throws(FormatError) in
            guard case .string(let text) = value else { return nil as Digest? }
            return Digest(text, as: .url)
        }
        guard zip(ids, ids.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw JournalFault.form(line, "breaks are not in their order, or one stands twice")
        }
        return ids
    }

    /// The one break of an action on a single one.
    func onlyBreak() throws(FormatError) -> Digest {
        let ids = try breaks()
        guard ids.count == 1, let id = ids.first else {
            throw JournalFault.form(line, "this action is about a single break")
        }
        return id
    }

    private func find(_ name: String) -> JSONValue? {
        members.first { $0.name.hasSameBytes(as: name) }?.value
    }
}

/// The faults of a journal, each with the number of its line.
enum JournalFault {
    /// A line that is not written in the one form.
    static func form(_ line: Int, _ reason: String) -> FormatError {
        make(.journalForm, line, reason, "take the line back to who sent it")
    }

    /// A fault with its way out.
    static func make(
        _ code: FormatError.Code,
        _ line: Int,
        _ reason: String,
        _ wayOut: String
    ) -> FormatError {
        FormatError(code, in: "journal", line: line, reason, wayOut: wayOut)
    }
}
