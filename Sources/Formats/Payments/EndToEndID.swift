public import Money
internal import Signing

/// The identifier of a payment that its bank entry carries back: it says which participant pays or
/// is paid in which settlement, at which attempt (S-25).
///
/// 26 characters of base32 (RFC 4648 §6, capital letters, no padding) of the first 16 bytes of
/// SHA-256 over settlement, participant, currency and attempt, each but the last ended by one LF
/// (spec/22 §2).
public struct EndToEndID: Hashable, Sendable, CustomStringConvertible {
    /// The 26 characters.
    public let text: String

    /// The identifier of a payment; attempts count from 1.
    public init(settlement: String, participant: String, currency: Currency, attempt: Int) {
        let content = "\(settlement)\n\(participant)\n\(currency.code)\n\(attempt)"
        let digest = DigestBuilder.digest(Array(content.utf8))
        text = Self.base32(digest.bytes[..<16])
    }

    /// The 26 characters.
    public var description: String { text }

    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    private static func base32(_ bytes: ArraySlice<UInt8>) -> String {
        var text: [UInt8] = []
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(letters[Int(bits >> count & 31)])
            }
            bits &= 1 << count - 1
        }
        if count > 0 { text.append(letters[Int(bits << (5 - count) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
