internal import Foundation
internal import NIOCore

/// Which addresses deliveries go to: public unicast ones, so that no subscriber reaches through
/// this server what only this server reaches.
///
/// The lists are those of the IANA registries of special-purpose addresses (RFC 6890): whatever is
/// not globally reachable is refused, and in IPv6 whatever is not of `2000::/3`.
struct AddressRule: Sendable {
    /// Whether addresses of this machine are allowed besides, for tests and a sandbox.
    let allowsLoopback: Bool
    /// Whether only addresses of this machine are allowed, since nothing is encrypted.
    let needsLoopback: Bool

    /// Whether deliveries may go to an address.
    func allows(_ address: SocketAddress) -> Bool {
        guard let bytes = Self.bytes(of: address) else { return false }
        let isLoopback = bytes.count == 4 ? bytes[0] == 127 : bytes == Self.loopback
        if isLoopback { return allowsLoopback }
        return !needsLoopback && Self.isPublic(bytes)
    }

    /// Whether 4 bytes of IPv4 or 16 of IPv6 are those of a public unicast address.
    static func isPublic(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 16 else { return !special4.contains { $0.holds(bytes) } }
        // IPv4 inside of IPv6: what counts is where it leads to (RFC 4291 §2.5.5.2, RFC 6052).
        for prefix in embedding where prefix.holds(bytes) { return isPublic(Array(bytes[12...])) }
        return global6.holds(bytes) && !special6.contains { $0.holds(bytes) }
    }

    private static func bytes(of address: SocketAddress) -> [UInt8]? {
        switch address {
        case .v4(let address): withUnsafeBytes(of: address.address.sin_addr) { [UInt8]($0) }
        case .v6(let address): withUnsafeBytes(of: address.address.sin6_addr) { [UInt8]($0) }
        case .unixDomainSocket: nil
        }
    }

    private static let loopback: [UInt8] = [UInt8](repeating: 0, count: 15) + [1]

    /// The first bits of addresses.
    private struct Prefix {
        let bytes: [UInt8]
        let bitCount: Int

        init(_ bytes: [UInt8], _ bitCount: Int) {
            self.bytes = bytes
            self.bitCount = bitCount
        }

        func holds(_ address: [UInt8]) -> Bool {
            (0..<bitCount).allSatisfy { bit in
                let own = bytes.indices.contains(bit / 8) ? bytes[bit / 8] : 0
                return (own ^ address[bit / 8]) & (0x80 >> (bit % 8)) == 0
            }
        }
    }

    private static let special4 = [
        Prefix([0], 8), Prefix([10], 8), Prefix([100, 64], 10), Prefix([127], 8),
        Prefix([169, 254], 16), Prefix([172, 16], 12), Prefix([192, 0, 0], 24),
        Prefix([192, 0, 2], 24), Prefix([192, 88, 99], 24), Prefix([192, 168], 16),
        Prefix([198, 18], 15), Prefix([198, 51, 100], 24), Prefix([203, 0, 113], 24),
        Prefix([224], 3),
    ]
    private static let global6 = Prefix([0x20], 3)
    private static let special6 = [
        Prefix([0x20, 0x01, 0, 0], 23), Prefix([0x20, 0x01, 0x0d, 0xb8], 32),
        Prefix([0x20, 0x02], 16), Prefix([0x3f, 0xff], 20),
    ]
    private static let embedding = [
        Prefix([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], 96),
        Prefix([0, 0x64, 0xff, 0x9b], 96),
    ]
}
