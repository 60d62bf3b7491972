/// A mistake that partners make, made on purpose.
enum DemoMistake: CaseIterable, Sendable {
    case staleTerms, staleRates, wrongDebit, wrongCredit, belowMinimum, offIncrement, capExceeded,
        creditLine
    case unknownMember, foreignKey, revokedKey, suspended
    case reusedID, repeated, oldID
    case twoParts, paddedBase64, duplicateMember, brokenSignature

    /// Those that one item of a batch can have.
    static let ofItems: [DemoMistake] = [
        .wrongDebit, .wrongCredit, .belowMinimum, .offIncrement, .unknownMember,
    ]

    /// Spoils the payload's members, for mistakes that are made before signing.
    var repeatsMember: Bool { self == .duplicateMember }

    /// Spoils the text of a JWS, for mistakes that are made after signing.
    func spoil(_ text: [UInt8]) -> [UInt8] {
        switch self {
        case .twoParts:
            let end = text.lastIndex(of: UInt8(ascii: ".")) ?? text.endIndex
            return Array(text[..<end])
        case .paddedBase64: return text + [UInt8(ascii: "="), UInt8(ascii: "=")]
        case .brokenSignature:
            var text = text
            // The tenth character from the end carries bits of s and no spare ones.
            let place = text.count - 10
            text[place] = text[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            return text
        default: return text
        }
    }
}
