/// What a ledger asks of an Ed25519 public key before it takes it (spec/03 §3).
///
/// A point is encoded as y, 255 bits, little-endian, and the lowest bit of x on top (RFC 8032
/// §5.1.2).
enum Edwards25519 {
    /// Why the bytes are refused, or nil if they are a canonical point of the curve and not of
    /// small order.
    static func fault(in bytes: [UInt8]) -> KeyError.Code? {
        guard bytes.count == 32 else { return .byteCount }
        let y = words(of: bytes)
        let isNegative = bytes[31] & 0x80 != 0
        if !isBelowPrime(y) { return .notCanonical }
        // At y = 1 and y = −1 x is 0, which has no negative.
        let xIsZero = equal(y, smallOrderOrdinates[0]) || equal(y, smallOrderOrdinates[1])
        if isNegative && xIsZero { return .notCanonical }
        if !hasPoint(y) { return .notOnCurve }
        for index in 0..<5 where equal(y, smallOrderOrdinates[index]) { return .smallOrder }
        return nil
    }

    /// The y of the eight points P with 8·P = 0, as four words, lowest first.
    ///
    /// y = 1 has order 1; y = −1 has order 2; y = 0 has order 4 (both signs of x = √−1). A point of
    /// order 8 doubles to a point with y = 0, so x² + y² = 0 there. The equation of the curve
    /// becomes d·y⁴ + 2·y² − 1 = 0, and y² = (√(1 + d) − 1)/d for the one root that leaves a
    /// square: y = ±c, each with both signs of x.
    private static let smallOrderOrdinates: InlineArray<5, InlineArray<4, UInt64>> = [
        [1, 0, 0, 0],
        [
            0xffff_ffff_ffff_ffec, 0xffff_ffff_ffff_ffff,
            0xffff_ffff_ffff_ffff, 0x7fff_ffff_ffff_ffff,
        ],
        [0, 0, 0, 0],
        [
            0xb027_b2c2_8f95_e826, 0xf098_eff2_89f4_c345,
            0x3933_c6d3_05ac_dfd5, 0x05fc_536d_8802_38b1,
        ],
        [
            0x4fd8_4d3d_706a_17c7, 0x0f67_100d_760b_3cba,
            0xc6cc_392c_fa53_202a, 0x7a03_ac92_77fd_c74e,
        ],
    ]

    private static func words(of bytes: [UInt8]) -> InlineArray<4, UInt64> {
        InlineArray { word in
            var value: UInt64 = 0
            for byte in (0..<8).reversed() { value = value << 8 | UInt64(bytes[word * 8 + byte]) }
            return word == 3 ? value & 0x7fff_ffff_ffff_ffff : value
        }
    }

    private static func equal(_ a: InlineArray<4, UInt64>, _ b: InlineArray<4, UInt64>) -> Bool {
        a[0] == b[0] && a[1] == b[1] && a[2] == b[2] && a[3] == b[3]
    }

    /// Whether y < 2^255 − 19: the only larger values of 255 bits have all upper bits set.
    private static func isBelowPrime(_ y: InlineArray<4, UInt64>) -> Bool {
        y[3] != 0x7fff_ffff_ffff_ffff || y[2] != .max || y[1] != .max
            || y[0] < 0xffff_ffff_ffff_ffed
    }

    /// Whether x² = (y² − 1)/(d·y² + 1) has a root; d is no square, so the divisor is never 0.
    private static func hasPoint(_ y: InlineArray<4, UInt64>) -> Bool {
        let ordinate = Field25519(words: y)
        let square = ordinate * ordinate
        let above = square - .one
        let below = square * .curveCoefficient + .one
        return (above * below).isSquare
    }
}
