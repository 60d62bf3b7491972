internal import Signing

/// An object of a mapping, whose members are read by their names, each at most once.
struct MappingObject {
    /// Where it stands: `amounts[0]`.
    let path: String
    private let members: [JSONMember]

    /// The object of a value, which has no members but these.
    init(_ value: JSONValue, at path: String, _ names: [String]) throws(FormatError) {
        guard case .object(let members) = value else {
            throw Self.fault(.memberValue, "\(path.isEmpty ? "it" : path) is no object")
        }
        self.path = path
        self.members = members
        for member in members where !names.contains(where: { $0.hasSameBytes(as: member.name) }) {
            throw Self.fault(.memberUnknown, "\(place(member.name)) is not a member")
        }
    }

    /// Where a member stands.
    func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    /// The value of a member, or nil.
    func find(_ name: String) -> JSONValue? {
        members.first { $0.name.hasSameBytes(as: name) }?.value
    }

    /// The value of a member that is due.
    func value(_ name: String) throws(FormatError) -> JSONValue {
        guard let value = find(name) else {
            throw Self.fault(.memberMissing, "\(place(name)) is missing")
        }
        return value
    }

    /// A string that is due.
    func string(_ name: String) throws(FormatError) -> String {
        guard case .string(let text) = try value(name) else { throw fault(name, "no string") }
        return text
    }

    /// A string, or a default.
    func string(_ name: String, or text: String) throws(FormatError) -> String {
        find(name) == nil ? text : try string(name)
    }

    /// An integer of a range, or a default.
    func integer(
        _ name: String,
        _ range: ClosedRange<Int>,
        or number: Int? = nil
    ) throws(FormatError) -> Int {
        if let number, find(name) == nil { return number }
        guard case .integer(let value) = try value(name), range.contains(Int(value)) else {
            throw fault(name, "no integer from \(range.lowerBound) to \(range.upperBound)")
        }
        return Int(value)
    }

    /// A boolean, or a default.
    func boolean(_ name: String, or flag: Bool) throws(FormatError) -> Bool {
        guard let value = find(name) else { return flag }
        guard case .boolean(let flag) = value else { throw fault(name, "neither true nor false") }
        return flag
    }

    /// A value by its raw text, or a default.
    func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        or value: Value
    ) throws(FormatError) -> Value {
        guard find(name) != nil else { return value }
        guard let value = Value(rawValue: try string(name)) else {
            let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault(name, "none of \(words)")
        }
        return value
    }

    /// The elements of an array, each by its place; none if the member is absent.
    func list<Element>(
        _ name: String,
        limit: Int = BookLimits.mappingListCount,
        _ body: (JSONValue, String) throws(FormatError) -> Element
    ) throws(FormatError) -> [Element] {
        guard let value = find(name) else { return [] }
        guard case .array(let values) = value else { throw fault(name, "no array") }
        guard values.count <= limit else { throw fault(name, "longer than \(limit) elements") }
        var elements: [Element] = []
        for (index, value) in values.enumerated() {
            elements.append(try body(value, "\(place(name))[\(index)]"))
        }
        return elements
    }

    /// Words and what they stand for, in the order of the text; none if the member is absent.
    func words(_ name: String) throws(FormatError) -> [MappedWord] {
        guard let value = find(name) else { return [] }
        guard case .object(let members) = value else { throw fault(name, "no object of words") }
        guard members.count <= BookLimits.wordCount else {
            throw fault(name, "longer than \(BookLimits.wordCount) words")
        }
        var words: [MappedWord] = []
        for member in members {
            guard case .string(let meaning) = member.value else {
                throw fault(name, "no object of words, each with a text")
            }
            words.append(MappedWord(member.name, meaning))
        }
        return words
    }

    /// A column that is due: a name or a position.
    func column(_ name: String) throws(FormatError) -> BookColumn {
        try Self.column(try value(name), place(name))
    }

    /// A column of a value.
    static func column(_ value: JSONValue, _ place: String) throws(FormatError) -> BookColumn {
        switch value {
        case .string(let text) where !text.isEmpty: return .name(text)
        case .integer(let position) where (1...Int64(BookLimits.columnCount)).contains(position):
            return .position(Int(position))
        default:
            throw Self.fault(
                .memberValue,
                "\(place) is neither a column's name nor a position from 1"
            )
        }
    }

    /// A fault of a member.
    func fault(_ name: String, _ what: String) -> FormatError {
        Self.fault(.memberValue, "\(place(name)) is \(what)")
    }

    static func fault(_ code: FormatError.Code, _ reason: String) -> FormatError {
        FormatError(
            code,
            in: "mapping",
            reason,
            wayOut: "correct the mapping as spec/26 has it, and have it signed again"
        )
    }
}
