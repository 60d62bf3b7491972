internal import Signing
internal import Money

/// A cursor over the members of one object: each is taken by name, and `finish` refuses what nobody
/// took.
struct Members {
    private var rest: [JSONMember]

    init(_ value: JSONValue) throws(Fault) {
        guard case .object(let members) = value else {
            throw Fault(.wrongType, "an object is due here")
        }
        rest = members
    }

    /// Refuses members that were not taken.
    func finish() throws(Fault) {
        guard let unknown = rest.first else { return }
        throw Fault(.unknownMember, at: unknown.name, "the spec has no member of this name here")
    }

    mutating func take(_ name: String) -> JSONValue? {
        guard let index = rest.firstIndex(where: { $0.name.hasSameBytes(as: name) }) else {
            return nil
        }
        return rest.remove(at: index).value
    }

    /// Takes an optional member and reads it.
    mutating func optional<T>(
        _ name: String,
        _ read: (JSONValue) throws(Fault) -> T
    ) throws(Fault) -> T? {
        guard let value = take(name) else { return nil }
        do { return try read(value) } catch { throw error.under(name) }
    }

    /// Takes a member that must be there and reads it.
    mutating func required<T>(
        _ name: String,
        _ read: (JSONValue) throws(Fault) -> T
    ) throws(Fault) -> T {
        guard let value = try optional(name, read) else {
            throw Fault(.missingMember, at: name, "this member must be there")
        }
        return value
    }

    /// Takes an object and reads its members with a body; what the body leaves is refused.
    static func object<T>(
        _ body: @escaping (inout Members) throws(Fault) -> T
    ) -> (JSONValue) throws(Fault) -> T {
        { (value) throws(Fault) in
            var members = try Members(value)
            let result = try body(&members)
            try members.finish()
            return result
        }
    }

    /// Takes a list of so many elements.
    static func list<T>(
        _ count: ClosedRange<Int>,
        _ read: @escaping (JSONValue) throws(Fault) -> T
    ) -> (JSONValue) throws(Fault) -> [T] {
        { (value) throws(Fault) in
            guard case .array(let elements) = value else {
                throw Fault(.wrongType, "a list is due here")
            }
            guard count.contains(elements.count) else {
                throw Fault(
                    .invalidValue,
                    "\(elements.count) elements; allowed are \(count.lowerBound) to \(count.upperBound)"
                )
            }
            var result: [T] = []
            for (index, element) in elements.enumerated() {
                do throws(Fault) { result.append(try read(element)) } catch {
                    throw error.under("[\(index)]")
                }
            }
            return result
        }
    }
}

/// Readers of single values.
enum Read {
    static func string(_ value: JSONValue) throws(Fault) -> String {
        guard case .string(let text) = value else {
            throw Fault(.wrongType, "a string is due here")
        }
        return text
    }

    static func boolean(_ value: JSONValue) throws(Fault) -> Bool {
        guard case .boolean(let flag) = value else {
            throw Fault(.wrongType, "true or false is due here")
        }
        return flag
    }

    static func integer(_ range: ClosedRange<Int64>) -> (JSONValue) throws(Fault) -> Int64 {
        { (value) throws(Fault) in
            guard case .integer(let number) = value else {
                throw Fault(.wrongType, "an integer is due here")
            }
            guard range.contains(number) else {
                throw Fault(
                    .invalidValue,
                    "\(number) is outside \(range.lowerBound) to \(range.upperBound)"
                )
            }
            return number
        }
    }

    /// An amount of units or of minor units of money, from a least one to 2^53 − 1.
    static func units(atLeast least: Int64 = 0) -> (JSONValue) throws(Fault) -> Int64 {
        integer(least...JSONReader.numberLimit)
    }

    static func slug(_ value: JSONValue) throws(Fault) -> String {
        let text = try string(value)
        guard Slug.isValid(text.utf8) else { throw noSlug }
        return text
    }

    static let noSlug = Fault(
        .invalidValue,
        "a slug is 1 to 64 of a-z, 0-9 and inner hyphens"
    )

    static func programID(_ value: JSONValue) throws(Fault) -> String {
        let text = try string(value)
        guard ProgramID(text) != nil else {
            throw Fault(
                .invalidValue,
                "a program id is two slugs with one slash, as nordwind/miles"
            )
        }
        return text
    }

    static func currency(_ value: JSONValue) throws(Fault) -> Currency {
        guard let currency = Currency(try string(value)) else {
            throw Fault(.invalidValue, "a currency is three capital letters of ISO 4217")
        }
        return currency
    }

    static func time(_ value: JSONValue) throws(Fault) -> Timestamp {
        guard let time = Timestamp(try string(value)) else {
            throw Fault(.invalidValue, "a time is written as 2026-11-22T10:15:30.123Z")
        }
        return time
    }

    static func date(_ value: JSONValue) throws(Fault) -> CivilDate {
        guard let date = CivilDate(try string(value)) else {
            throw Fault(.invalidValue, "a day is written as 2026-11-22")
        }
        return date
    }

    static func digest(_ value: JSONValue) throws(Fault) -> Digest {
        guard let digest = Digest(try string(value), as: .url) else {
            throw Fault(.invalidValue, "a digest is 43 characters of base64url")
        }
        return digest
    }

    static func identifier(_ value: JSONValue) throws(Fault) -> UInt128 {
        guard let number = UInt128(base64URL: try string(value)) else {
            throw Fault(.invalidValue, "a 128-bit identifier is 22 characters of base64url")
        }
        return number
    }

    static func rate(_ value: JSONValue) throws(Fault) -> Rate {
        let (numerator, denominator) = try quotient(value)
        guard let rate = Rate(numerator: numerator, denominator: denominator) else {
            throw Fault(.invalidValue, "both parts of a rate are from 1 to 2147483647")
        }
        return rate
    }

    static func fraction(_ value: JSONValue) throws(Fault) -> Fraction {
        let (numerator, denominator) = try quotient(value)
        guard let fraction = Fraction(numerator: numerator, denominator: denominator) else {
            throw Fault(
                .invalidValue,
                "a fraction is from 0 to 1, its denominator at most 2147483647"
            )
        }
        return fraction
    }

    static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ type: Choice.Type
    ) -> (JSONValue) throws(Fault) -> Choice {
        { (value) throws(Fault) in
            let text = try string(value)
            guard let choice = Choice.allCases.first(where: { $0.rawValue.hasSameBytes(as: text) })
            else {
                let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
                throw Fault(.invalidValue, "one of \(names) is due here")
            }
            return choice
        }
    }

    /// Refuses a list in which two elements share a key.
    static func distinct<T, Key: Hashable>(_ list: [T], by key: (T) -> Key) throws(Fault) {
        var seen: Set<Key> = []
        for (index, element) in list.enumerated() where !seen.insert(key(element)).inserted {
            throw Fault(.invalidValue, at: "[\(index)]", "this element occurs twice")
        }
    }

    private static func quotient(_ value: JSONValue) throws(Fault) -> (Int64, Int64) {
        var members = try Members(value)
        let numerator = try members.required(
            "numerator",
            integer(-JSONReader.numberLimit...JSONReader.numberLimit)
        )
        let denominator = try members.required(
            "denominator",
            integer(-JSONReader.numberLimit...JSONReader.numberLimit)
        )
        try members.finish()
        return (numerator, denominator)
    }
}
