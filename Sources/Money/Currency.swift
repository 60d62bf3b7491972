/// A currency by its three letters (ISO 4217), packed into one word.
public struct Currency: Hashable, Comparable, Sendable {
    private let packed: UInt32

    /// The currency of three capital letters, or nil.
    public init?(_ code: some StringProtocol) {
        var packed: UInt32 = 0
        var count = 0
        for letter in code.utf8 {
            guard letter >= 0x41, letter <= 0x5a, count < 3 else { return nil }
            packed = packed << 8 | UInt32(letter)
            count += 1
        }
        guard count == 3 else { return nil }
        self.packed = packed
    }

    /// The three letters.
    public var code: String {
        unsafe String(unsafeUninitializedCapacity: 3) { letters in
            for place in 0..<3 {
                unsafe letters[place] = UInt8(truncatingIfNeeded: packed >> UInt32(16 - 8 * place))
            }
            return 3
        }
    }

    /// Decimal places of the smallest coin: 2 for most, 0 and 3 for those that ISO 4217 lists so.
    public var scale: Int {
        let code = code
        if [
            "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND",
            "VUV", "XAF", "XOF", "XPF",
        ]
        .contains(code) {
            return 0
        }
        return ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].contains(code) ? 3 : 2
    }

    /// Orders currencies by their letters.
    public static func < (left: Currency, right: Currency) -> Bool {
        left.packed < right.packed
    }
}

extension Currency: CustomStringConvertible {
    /// The three letters.
    public var description: String { code }

    /// An amount of minor units, as people read it: `-1,234.56`.
    public func format(minorUnits: Int128) -> String {
        let digits = String(minorUnits.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        var whole = ""
        for (index, digit) in padded.dropLast(scale).reversed().enumerated() {
            if index > 0, index % 3 == 0 { whole.append(",") }
            whole.append(digit)
        }
        let sign = minorUnits < 0 ? "-" : ""
        return sign + String(whole.reversed()) + (scale == 0 ? "" : "." + padded.suffix(scale))
    }
}

extension Currency: Codable {
    /// Reads a currency from its three letters.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let currency = Currency(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a currency is three capital letters"
            )
        }
        self = currency
    }

    /// Writes a currency as its three letters.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}
