internal import Money
internal import Signing

/// An object of a statement in JSON with exactly its members, read by their names.
struct StatementObject {
    /// Where it stands: `debts[3]`.
    let path: String
    private let members: [JSONMember]

    /// The object of a value, which has exactly these members in any order.
    init(_ value: JSONValue, at path: String, _ names: [String]) throws(FormatError) {
        guard case .object(let members) = value else {
            throw Self.fault(.memberValue, "\(path) is no object")
        }
        try self.init(members, at: path, names)
    }

    /// The object of some members.
    init(_ members: [JSONMember], at path: String, _ names: [String]) throws(FormatError) {
        self.members = members
        self.path = path
        for member in members where !names.contains(where: { $0.hasSameBytes(as: member.name) }) {
            throw Self.fault(.memberUnknown, "\(place(member.name)) is not a member")
        }
        for name in names where find(name) == nil {
            throw Self.fault(.memberMissing, "\(place(name)) is missing")
        }
    }

    /// The value of a member, which is there.
    func value(_ name: String) -> JSONValue { find(name) ?? .null }

    /// A string.
    func string(_ name: String) throws(FormatError) -> String {
        guard case .string(let text) = value(name) else { throw fault(name, "no string") }
        return text
    }

    /// An integer of a range.
    func integer<Value: FixedWidthInteger>(
        _ name: String,
        _ range: ClosedRange<Value>
    ) throws(FormatError) -> Value {
        guard case .integer(let number) = value(name), let value = Value(exactly: number),
            range.contains(value)
        else { throw fault(name, "no integer from \(range.lowerBound) to \(range.upperBound)") }
        return value
    }

    /// An amount in a string.
    func amount(_ name: String) throws(FormatError) -> Int128 {
        guard let amount = ExactText.amount(try string(name)) else {
            throw fault(name, "no whole number like \"-3893\" below 2^96")
        }
        return amount
    }

    /// A quotient in a string.
    func quotient(_ name: String) throws(FormatError) -> Quotient {
        guard let quotient = ExactText.quotient(try string(name)) else {
            throw fault(name, "no quotient in lowest terms like \"71/100\"")
        }
        return quotient
    }

    /// A digest.
    func digest(_ name: String) throws(FormatError) -> Digest {
        guard let digest = Digest(try string(name), as: .url) else {
            throw fault(name, "no digest in 43 characters of base64url")
        }
        return digest
    }

    /// A currency.
    func currency(_ name: String) throws(FormatError) -> Currency {
        guard let currency = Currency(try string(name)) else {
            throw fault(name, "no currency in three capital letters")
        }
        return currency
    }

    /// A value by its raw text.
    func choice<Value: RawRepresentable<String>>(_ name: String) throws(FormatError) -> Value {
        guard let value = Value(rawValue: try string(name)) else {
            throw fault(name, "none of the values that are known")
        }
        return value
    }

    /// The elements of an array, each by its place.
    func list<Element>(
        _ name: String,
        _ body: (JSONValue, String) throws(FormatError) -> Element
    ) throws(FormatError) -> [Element] {
        guard case .array(let values) = value(name) else { throw fault(name, "no array") }
        var elements: [Element] = []
        for (index, value) in values.enumerated() {
            elements.append(try body(value, "\(place(name))[\(index)]"))
        }
        return elements
    }

    /// A fault of a member.
    func fault(_ name: String, _ what: String) -> FormatError {
        Self.fault(.memberValue, "\(place(name)) is \(what)")
    }

    private func find(_ name: String) -> JSONValue? {
        members.first { $0.name.hasSameBytes(as: name) }?.value
    }

    private func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    private static func fault(_ code: FormatError.Code, _ reason: String) -> FormatError {
        FormatError(
            code,
            in: "statement",
            reason,
            wayOut: "ask the operator for the statement again, or compare it with spec/22 §5"
        )
    }
}
