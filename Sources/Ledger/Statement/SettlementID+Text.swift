internal import Money
internal import Settlement
internal import Signing

extension SettlementID: CustomStringConvertible {
    /// The name of a text, or nil if it is not written as `target/12/multilateral/EUR/1`.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: 0x2f, omittingEmptySubsequences: false)
        guard parts.count == 5, Slug.isValid(parts[0]),
            let window = Self.number(parts[1]), let attempt = Self.number(parts[4]),
            let model = SettlementModel.allCases.first(where: {
                $0.rawValue.utf8.elementsEqual(parts[2])
            }), let currency = Currency(String(decoding: parts[3], as: UTF8.self))
        else { return nil }
        self.init(
            calendar: String(decoding: parts[0], as: UTF8.self),
            window: UInt64(window),
            model: model,
            currency: currency,
            attempt: attempt
        )
    }

    /// The text, `target/12/multilateral/EUR/1`.
    public var description: String {
        "\(calendar)/\(window)/\(model.rawValue)/\(currency)/\(attempt)"
    }

    /// A decimal number from 1 to 2^53 − 1 without leading zeros.
    private static func number(_ text: Substring.UTF8View) -> Int64? {
        guard (1...16).contains(text.count), text.first != 0x30,
            text.allSatisfy({ $0 &- 0x30 < 10 })
        else { return nil }
        let number = text.reduce(Int64(0)) { $0 * 10 + Int64($1 &- 0x30) }
        return number <= JSONReader.numberLimit ? number : nil
    }
}

extension SettlementID: Comparable {
    /// Orders settlements by calendar, window, model, currency and attempt.
    public static func < (left: SettlementID, right: SettlementID) -> Bool {
        if !left.calendar.hasSameBytes(as: right.calendar) {
            return left.calendar.utf8.lexicographicallyPrecedes(right.calendar.utf8)
        }
        if left.window != right.window { return left.window < right.window }
        if left.model != right.model { return left.model.rawValue < right.model.rawValue }
        if left.currency != right.currency { return left.currency < right.currency }
        return left.attempt < right.attempt
    }
}

extension SettlementID: Codable {
    /// Reads the text of a name.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "this is no name of a settlement"
            )
        }
        self = id
    }

    /// Writes the text of the name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Read {
    /// The name of a settlement.
    static func settlement(_ value: JSONValue) throws(Fault) -> SettlementID {
        guard let id = SettlementID(try string(value)) else {
            throw Fault(
                .invalidValue,
                "a settlement is written as target/12/multilateral/EUR/1"
            )
        }
        return id
    }
}
