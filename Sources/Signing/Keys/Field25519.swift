/// An element of the field of 2^255 − 19, in five limbs of 51 bits, just enough to ask whether a
/// point exists.
///
/// BoringSSL answers that question only inside a verification, and swift-crypto takes any 32 bytes
/// for a public key, so a key that no signature can ever fit would be registered. Nothing here
/// touches a secret.
struct Field25519: Sendable {
    private var limbs: InlineArray<5, UInt64>

    private static let mask: UInt64 = (1 << 51) - 1
    static let one = Field25519(1)

    /// −121665/121666, the coefficient of the curve −x² + y² = 1 + d·x²·y² (RFC 8032 §5.1).
    static let curveCoefficient = Field25519(words: [
        0x75eb_4dca_1359_78a3, 0x0070_0a4d_4141_d8ab, 0x8cc7_4079_7779_e898, 0x5203_6cee_2b6f_fe73,
    ])

    /// A small number.
    init(_ value: UInt64) {
        limbs = [value, 0, 0, 0, 0]
    }

    /// The number of four words, lowest first, whose topmost bit is not read.
    init(words: InlineArray<4, UInt64>) {
        limbs = [
            words[0] & Self.mask,
            (words[0] >> 51 | words[1] << 13) & Self.mask,
            (words[1] >> 38 | words[2] << 26) & Self.mask,
            (words[2] >> 25 | words[3] << 39) & Self.mask,
            words[3] >> 12 & Self.mask,
        ]
    }

    static func + (left: Self, right: Self) -> Self {
        var sum = left
        for index in 0..<5 { sum.limbs[index] += right.limbs[index] }
        sum.carry()
        return sum
    }

    static func - (left: Self, right: Self) -> Self {
        var difference = left
        // Twice the prime is added first, so that no limb falls below zero.
        difference.limbs[0] += 0xf_ffff_ffff_ffda - right.limbs[0]
        for index in 1..<5 { difference.limbs[index] += 0xf_ffff_ffff_fffe - right.limbs[index] }
        difference.carry()
        return difference
    }

    static func * (left: Self, right: Self) -> Self {
        var columns = InlineArray<5, UInt128>(repeating: 0)
        for row in 0..<5 {
            for column in 0..<5 {
                // 2^255 is 19, so a product beyond the fifth limb returns 19-fold at the lower end.
                let factor: UInt64 = row + column < 5 ? 1 : 19
                let product = UInt128(left.limbs[row]) * UInt128(right.limbs[column] * factor)
                columns[(row + column) % 5] += product
            }
        }
        var result = Field25519(0)
        var carried: UInt128 = 0
        for index in 0..<5 {
            let sum = columns[index] + carried
            result.limbs[index] = UInt64(truncatingIfNeeded: sum) & mask
            carried = sum >> 51
        }
        // The carry is below 2^62, so 19 times it may need more than one word.
        let low = UInt128(result.limbs[0]) + carried * 19
        result.limbs[0] = UInt64(truncatingIfNeeded: low) & mask
        result.limbs[1] += UInt64(truncatingIfNeeded: low >> 51)
        result.carry()
        return result
    }

    private mutating func carry() {
        var carried: UInt64 = 0
        for index in 0..<5 {
            let sum = limbs[index] + carried
            limbs[index] = sum & Self.mask
            carried = sum >> 51
        }
        limbs[0] += carried * 19
    }

    /// Whether the number is 0 or has a root: Euler's criterion, the power (p − 1)/2 = 2^254 − 10
    /// is 0 or 1.
    var isSquare: Bool {
        var power = Self.one
        for bit in (0..<254).reversed() {
            power = power * power
            if bit >= 4 || bit == 2 || bit == 1 { power = power * self }
        }
        return power.isZero || (power - Self.one).isZero
    }

    /// Whether the number is 0 modulo the prime.
    var isZero: Bool {
        var number = self
        number.carry()
        number.carry()
        // After two carries the number lies below 2^255 + 19, so it is zero only as 0 or as the
        // prime itself.
        let rest = (1..<5).map { number.limbs[$0] }
        if number.limbs[0] == 0 { return rest.allSatisfy { $0 == 0 } }
        return number.limbs[0] == Self.mask - 18 && rest.allSatisfy { $0 == Self.mask }
    }
}
