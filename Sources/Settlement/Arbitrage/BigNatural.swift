/// A natural number of any size, for products along cycles, which pass 128 bits.
///
/// Limbs of 64 bits, the lowest first, without zeros at the top; 0 has none. It knows only what
/// comparing and printing such products takes.
struct BigNatural: Hashable, Sendable {
    private(set) var limbs: [UInt64]

    init(_ value: UInt64) {
        limbs = value == 0 ? [] : [value]
    }

    init(_ value: UInt128) {
        self.init(limbs: [UInt64(truncatingIfNeeded: value), UInt64(value >> 64)])
    }

    private init(limbs: [UInt64]) {
        self.limbs = limbs
        while self.limbs.last == 0 { self.limbs.removeLast() }
    }

    static let one = BigNatural(1 as UInt64)

    var isZero: Bool { limbs.isEmpty }

    /// The number of bits, 0 for 0.
    var bitWidth: Int {
        limbs.last.map { 64 * limbs.count - $0.leadingZeroBitCount } ?? 0
    }

    /// Complexity: O(limbs of both, multiplied).
    static func * (left: BigNatural, right: BigNatural) -> BigNatural {
        if left.limbs.count == 1, right.limbs.count == 1 {
            let (high, low) = left.limbs[0].multipliedFullWidth(by: right.limbs[0])
            return BigNatural(limbs: [low, high])
        }
        var product = [UInt64](repeating: 0, count: left.limbs.count + right.limbs.count)
        for (place, limb) in left.limbs.enumerated() {
            var carry: UInt64 = 0
            for (offset, other) in right.limbs.enumerated() {
                let (high, low) = limb.multipliedFullWidth(by: other)
                let sum =
                    UInt128(high) << 64 + UInt128(low) + UInt128(product[place + offset])
                    + UInt128(carry)
                product[place + offset] = UInt64(truncatingIfNeeded: sum)
                carry = UInt64(sum >> 64)
            }
            product[place + right.limbs.count] = carry
        }
        return BigNatural(limbs: product)
    }

    static func + (left: BigNatural, right: BigNatural) -> BigNatural {
        let (long, short) = left.limbs.count < right.limbs.count ? (right, left) : (left, right)
        var sum = long.limbs
        var carry = false
        for place in sum.indices {
            let other = place < short.limbs.count ? short.limbs[place] : 0
            let (first, overflow) = sum[place].addingReportingOverflow(other)
            let (second, more) = first.addingReportingOverflow(carry ? 1 : 0)
            sum[place] = second
            carry = overflow || more
        }
        if carry { sum.append(1) }
        return BigNatural(limbs: sum)
    }

    /// The difference; the right number is at most the left one.
    static func - (left: BigNatural, right: BigNatural) -> BigNatural {
        var rest = left.limbs
        var borrow = false
        for place in rest.indices {
            let other = place < right.limbs.count ? right.limbs[place] : 0
            let (first, overflow) = rest[place].subtractingReportingOverflow(other)
            let (second, more) = first.subtractingReportingOverflow(borrow ? 1 : 0)
            rest[place] = second
            borrow = overflow || more
        }
        return BigNatural(limbs: rest)
    }

    static func < (left: BigNatural, right: BigNatural) -> Bool {
        guard left.limbs.count == right.limbs.count else {
            return left.limbs.count < right.limbs.count
        }
        for place in left.limbs.indices.reversed() where left.limbs[place] != right.limbs[place] {
            return left.limbs[place] < right.limbs[place]
        }
        return false
    }

    /// The number without its lowest bits.
    func shiftedRight(by bits: Int) -> BigNatural {
        let words = bits / 64
        guard words < limbs.count else { return BigNatural(0 as UInt64) }
        let rest = UInt64(bits % 64)
        var result = Array(limbs[words...])
        guard rest > 0 else { return BigNatural(limbs: result) }
        for place in result.indices {
            let above = place + 1 < result.count ? result[place + 1] : 0
            result[place] = result[place] >> rest | above << (64 - rest)
        }
        return BigNatural(limbs: result)
    }

    func shiftedLeft(by bits: Int) -> BigNatural {
        let rest = UInt64(bits % 64)
        var result = [UInt64](repeating: 0, count: bits / 64)
        var carry: UInt64 = 0
        for limb in limbs {
            result.append(limb << rest | carry)
            carry = rest == 0 ? 0 : limb >> (64 - rest)
        }
        result.append(carry)
        return BigNatural(limbs: result)
    }
}

extension BigNatural {
    /// The quotient and the remainder by a number of one limb that is not 0.
    func divided(by divisor: UInt64) -> (quotient: BigNatural, remainder: UInt64) {
        var quotient = limbs
        var rest: UInt64 = 0
        for place in quotient.indices.reversed() {
            (quotient[place], rest) = divisor.dividingFullWidth((rest, quotient[place]))
        }
        return (BigNatural(limbs: quotient), rest)
    }

    /// The quotient and the remainder by a number that is not 0, bit by bit.
    ///
    /// Complexity: O(bits of the quotient × limbs).
    func divided(by divisor: BigNatural) -> (quotient: BigNatural, remainder: BigNatural) {
        if divisor.limbs.count == 1 {
            let (quotient, rest) = divided(by: divisor.limbs[0])
            return (quotient, BigNatural(rest))
        }
        var rest = self
        var quotient = BigNatural(0 as UInt64)
        var shift = bitWidth - divisor.bitWidth
        while shift >= 0 {
            let part = divisor.shiftedLeft(by: shift)
            if !(rest < part) {
                rest = rest - part
                quotient = quotient + BigNatural.one.shiftedLeft(by: shift)
            }
            shift -= 1
        }
        return (quotient, rest)
    }

    private var trailingZeroBitCount: Int {
        guard let place = limbs.firstIndex(where: { $0 != 0 }) else { return 0 }
        return 64 * place + limbs[place].trailingZeroBitCount
    }

    /// The greatest common divisor by halving and subtracting.
    ///
    /// Complexity: O(bits × limbs).
    static func greatestCommonDivisor(_ left: BigNatural, _ right: BigNatural) -> BigNatural {
        if left.isZero { return right }
        if right.isZero { return left }
        let shared = min(left.trailingZeroBitCount, right.trailingZeroBitCount)
        var small = left.shiftedRight(by: left.trailingZeroBitCount)
        var large = right
        while !large.isZero {
            large = large.shiftedRight(by: large.trailingZeroBitCount)
            if large < small { swap(&large, &small) }
            large = large - small
        }
        return small.shiftedLeft(by: shared)
    }

    /// The number in decimal digits.
    var digits: String {
        var parts: [String] = []
        var rest = self
        while !rest.isZero {
            let (quotient, part) = rest.divided(by: 1_000_000_000_000_000_000)
            let text = String(part)
            let padding = quotient.isZero ? 0 : 18 - text.count
            parts.append(String(repeating: "0", count: padding) + text)
            rest = quotient
        }
        return parts.isEmpty ? "0" : parts.reversed().joined()
    }

    /// The number, or nil when it passes 126 bits.
    var int128: Int128? {
        guard bitWidth <= 126 else { return nil }
        return limbs.reversed().reduce(0) { $0 << 64 | Int128($1) }
    }
}
