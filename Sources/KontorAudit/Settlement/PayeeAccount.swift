internal import Signing

/// A payee's account as a bundle opens it: the texts behind a commitment of the log (spec/25 §4).
struct PayeeAccount {
    let partner: String
    let currency: String
    /// What `partner.account` and `settlement.paid` name it by.
    let commitment: Digest

    private static let texts = ["partner", "currency", "holder", "iban", "bic"]

    /// An opening, or nil if the bytes are not one JSON object of exactly its members, each once.
    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes), case .object(let members) = value,
            members.count == Self.texts.count + 1,
            let salt = value["salt"]?.textValue, salt.utf8.count == 22
        else { return nil }
        let texts = Self.texts.compactMap { value[$0]?.textValue }
        guard texts.count == Self.texts.count, !texts.contains(where: { $0.utf8.contains(0x0a) })
        else { return nil }
        (partner, currency) = (texts[0], texts[1])
        let lines = texts.map { $0 + "\n" }.joined()
        commitment = DigestBuilder.digest(Array("kontor/v1/account\n\(lines)\(salt)".utf8))
    }
}
