import Foundation

/// The vectors of fixtures/vectors, which scripts/vectors makes without our code.
enum Vectors {
    static func load<Value: Decodable>(
        _ name: String,
        as type: Value.Type = Value.self
    ) throws -> Value {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../fixtures/vectors/\(name).json")
        return try JSONDecoder().decode(type, from: Data(contentsOf: file))
    }

    static func bytes(_ hex: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var digits = hex[...]
        while let byte = UInt8(digits.prefix(2), radix: 16) {
            bytes.append(byte)
            digits = digits.dropFirst(2)
        }
        return bytes
    }
}

/// A generator of the same numbers in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
        return value ^ value >> 31
    }
}
