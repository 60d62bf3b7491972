internal import Money
internal import Settlement
internal import Signing

/// An object of a settlement case with its place in the file; a member it does not know is refused.
struct CaseObject {
    let place: String
    private let value: JSONValue

    /// The object of a value, with the only members that it may have.
    init(_ value: JSONValue, at place: String, members names: [String]) throws(CaseFault) {
        guard case .object(let members) = value else {
            throw CaseFault(place, "an object is due, with \(names.joined(separator: ", "))")
        }
        self.place = place
        self.value = value
        for member in members where !names.contains(where: { member.name.hasSameBytes(as: $0) }) {
            throw fault(
                member.name,
                "there is no such member; known are \(names.joined(separator: ", "))"
            )
        }
    }

    /// The place of a member.
    func place(of name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }

    func fault(_ name: String, _ reason: String) -> CaseFault {
        CaseFault(place(of: name), reason)
    }

    func has(_ name: String) -> Bool { value[name] != nil }

    subscript(_ name: String) -> JSONValue? { value[name] }

    /// A text, or nil if it is absent.
    func text(_ name: String) throws(CaseFault) -> String? {
        guard let member = value[name] else { return nil }
        guard case .string(let text) = member else { throw fault(name, "a string is due") }
        return text
    }

    /// One of some words, or nil if it is absent.
    func choice<Word: RawRepresentable & CaseIterable>(
        _ name: String
    ) throws(CaseFault) -> Word? where Word.RawValue == String {
        guard let text = try text(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault(name, "\"\(text)\" is none of \(words)")
        }
        return word
    }

    /// A name of 1 to 64 letters, digits and `-`, `_`, `.`.
    func name(_ name: String) throws(CaseFault) -> String {
        guard let text = try text(name) else {
            throw fault(name, "it is missing; name a participant")
        }
        let isName = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
            default: false
            }
        }
        guard isName, (1...64).contains(text.utf8.count) else {
            throw fault(name, "a name is 1 to 64 ASCII letters, digits, -, _ and .")
        }
        return text
    }

    /// A currency, or nil if it is absent.
    func currency(_ name: String) throws(CaseFault) -> Currency? {
        guard let text = try text(name) else { return nil }
        guard let currency = Currency(text) else {
            throw fault(name, "\"\(text)\" is no currency; write three capital letters, as EUR")
        }
        return currency
    }

    /// An integer of at most 36 digits as a number or a string, or nil if it is absent.
    func integer(_ name: String) throws(CaseFault) -> Int128? {
        switch value[name] {
        case nil: return nil
        case .integer(let number)?: return Int128(number)
        case .string(let text)?:
            guard let number = Quotient(decimal: text), !text.utf8.contains(0x2e) else { break }
            return number.numerator
        default: break
        }
        throw fault(name, "an integer is due, as a number or a string of at most 36 digits")
    }

    /// An integer of at most 2^53 − 1, or nil if it is absent.
    func small(_ name: String) throws(CaseFault) -> Int64? {
        guard let member = value[name] else { return nil }
        guard case .integer(let number) = member else {
            throw fault(name, "an integer is due, as a number")
        }
        return number
    }

    /// The elements of a list with their places, or nil if it is absent.
    func list(_ name: String) throws(CaseFault) -> [(place: String, value: JSONValue)]? {
        guard let member = value[name] else { return nil }
        guard case .array(let elements) = member else { throw fault(name, "a list is due") }
        return elements.enumerated().map { ("\(place(of: name))[\($0)]", $1) }
    }

    /// An exact number `{"numerator": n, "denominator": d}`, or nil if it is absent.
    func quotient(_ name: String) throws(CaseFault) -> Quotient? {
        guard let member = value[name] else { return nil }
        let parts = try CaseObject(
            member,
            at: place(of: name),
            members: ["numerator", "denominator"]
        )
        guard let numerator = try parts.integer("numerator"),
            let denominator = try parts.integer("denominator"),
            let quotient = Quotient(numerator, denominator)
        else { throw fault(name, "it takes a numerator, and a denominator above 0") }
        return quotient
    }
}
