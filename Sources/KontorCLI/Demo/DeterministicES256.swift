internal import Signing

/// ES256 whose nonce follows from key and message, for demonstrations that repeat to the last bit.
///
/// The nonce k is SHA-256(domain ‖ secret ‖ SHA-256(message)); the point k·G comes from the
/// library, as the public key of k; the rest is arithmetic modulo the order n of P-256 (FIPS 186-5
/// §6.4.1). It runs in variable time, which the demonstration's public secrets allow and nothing
/// else does.
struct DeterministicES256: Sendable {
    private let secret: [UInt8]

    init(secret: [UInt8]) {
        self.secret = secret
    }

    /// The signature r ‖ s of a message, 64 bytes.
    func signature(for message: [UInt8]) throws -> [UInt8] {
        let digest = DigestBuilder.digest(message).bytes
        let nonce = DigestBuilder.digest(Array("kontor demo nonce".utf8) + secret + digest).bytes
        let point = try PrivateKey(algorithm: .es256, seed: nonce).publicKey.bytes
        let r = OrderElement(point[..<32])
        let sum = OrderElement(digest[...]).adding(r.multiplied(by: OrderElement(secret[...])))
        let s = OrderElement(nonce[...]).inverse.multiplied(by: sum)
        return r.bytes + s.bytes
    }
}

/// A number modulo the order of P-256 (SEC 2 §2.4.2), in two halves.
private struct OrderElement {
    static let order = OrderElement(
        high: 0xffff_ffff_0000_0000_ffff_ffff_ffff_ffff,
        low: 0xbce6_faad_a717_9e84_f3b9_cac2_fc63_2551
    )

    var high: UInt128
    var low: UInt128

    private init(high: UInt128, low: UInt128) {
        self.high = high
        self.low = low
    }

    /// 32 bytes as a number, reduced.
    init(_ bytes: ArraySlice<UInt8>) {
        high = bytes.prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
        low = bytes.dropFirst(16).reduce(0) { $0 << 8 | UInt128($1) }
        if !isBelow(Self.order) { self = minus(Self.order) }
    }

    /// 32 bytes, the highest first.
    var bytes: [UInt8] {
        [high, low].flatMap { half in
            stride(from: 120, through: 0, by: -8).map {
                UInt8(truncatingIfNeeded: half >> UInt128($0))
            }
        }
    }

    func adding(_ other: OrderElement) -> OrderElement {
        let (sum, carry) = plus(other)
        return carry || !sum.isBelow(Self.order) ? sum.minus(Self.order) : sum
    }

    func subtracting(_ other: OrderElement) -> OrderElement {
        isBelow(other) ? plus(Self.order.minus(other)).0 : minus(other)
    }

    func multiplied(by other: OrderElement) -> OrderElement {
        var product = OrderElement(high: 0, low: 0)
        for half in [other.high, other.low] {
            for bit in stride(from: 127, through: 0, by: -1) {
                product = product.adding(product)
                if half >> UInt128(bit) & 1 == 1 { product = product.adding(self) }
            }
        }
        return product
    }

    /// The inverse of a number that is not 0, by the binary extended algorithm.
    var inverse: OrderElement {
        var (left, right) = (self, Self.order)
        var (first, second) = (OrderElement(high: 0, low: 1), OrderElement(high: 0, low: 0))
        while !left.isOne, !right.isOne {
            while left.low & 1 == 0 {
                (left, first) = (left.halved(carry: false), first.halvedModuloOrder)
            }
            while right.low & 1 == 0 {
                (right, second) = (right.halved(carry: false), second.halvedModuloOrder)
            }
            if left.isBelow(right) {
                (right, second) = (right.minus(left), second.subtracting(first))
            } else {
                (left, first) = (left.minus(right), first.subtracting(second))
            }
        }
        return left.isOne ? first : second
    }

    private var isOne: Bool { high == 0 && low == 1 }

    private func isBelow(_ other: OrderElement) -> Bool {
        high == other.high ? low < other.low : high < other.high
    }

    private func plus(_ other: OrderElement) -> (OrderElement, Bool) {
        let (low, carry) = low.addingReportingOverflow(other.low)
        let (part, first) = high.addingReportingOverflow(other.high)
        let (high, second) = part.addingReportingOverflow(carry ? 1 : 0)
        return (OrderElement(high: high, low: low), first || second)
    }

    private func minus(_ other: OrderElement) -> OrderElement {
        let (low, borrow) = low.subtractingReportingOverflow(other.low)
        return OrderElement(high: high &- other.high &- (borrow ? 1 : 0), low: low)
    }

    private func halved(carry: Bool) -> OrderElement {
        OrderElement(high: high >> 1 | (carry ? 1 << 127 : 0), low: low >> 1 | high << 127)
    }

    private var halvedModuloOrder: OrderElement {
        guard low & 1 == 1 else { return halved(carry: false) }
        let (sum, carry) = plus(Self.order)
        return sum.halved(carry: carry)
    }
}
