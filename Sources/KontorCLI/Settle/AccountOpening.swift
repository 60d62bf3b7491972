internal import Foundation
internal import Formats
internal import Money
internal import Signing

/// A payee's account, opened: the log has only a salted commitment to it (spec/25 §4, S-34).
struct AccountOpening {
    let partner: String
    let currency: Currency
    let holder: String
    let iban: IBAN
    let bic: BIC?
    let salt: String

    /// SHA-256 over its texts, as `partner.account` states it.
    var commitment: Digest {
        let texts = [partner, currency.code, holder, iban.text, bic?.text ?? ""]
        let lines = texts.map { $0 + "\n" }.joined()
        return DigestBuilder.digest(Array("kontor/v1/account\n\(lines)\(salt)".utf8))
    }

    /// The account as a payment file names it.
    var party: PaymentInstruction.Party {
        PaymentInstruction.Party(name: holder, iban: iban, bic: bic)
    }

    /// The opening as a JSON object.
    var json: JSONValue {
        [
            "partner": .string(partner), "currency": .string(currency.code),
            "holder": .string(holder), "iban": .string(iban.text),
            "bic": .string(bic?.text ?? ""), "salt": .string(salt),
        ]
    }

    /// Reads a file of openings: one JSON object a line.
    static func read(_ path: String) throws -> [AccountOpening] {
        let data = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        var openings: [AccountOpening] = []
        for (number, line) in data.split(separator: 0x0a).enumerated() {
            let value: JSONValue
            do { value = try JSONValue(parsing: Array(line)) } catch {
                throw CommandError("\(path), line \(number + 1): not strict JSON; \(error)")
            }
            guard let opening = AccountOpening(value) else {
                throw CommandError(
                    "\(path), line \(number + 1): an account has partner, currency, holder, a "
                        + "valid iban, a bic or an empty text, and a salt of 22 characters"
                )
            }
            openings.append(opening)
        }
        return openings
    }

    init?(_ value: JSONValue) {
        guard let partner = value["partner"]?.string,
            let currency = value["currency"]?.string.flatMap({ Currency($0) }),
            let holder = value["holder"]?.string,
            let iban = value["iban"]?.string.flatMap({ IBAN($0) }),
            let bicText = value["bic"]?.string,
            let salt = value["salt"]?.string, salt.utf8.count == 22
        else { return nil }
        let bic = BIC(bicText)
        guard bic != nil || bicText.isEmpty else { return nil }
        self.init(
            partner: partner,
            currency: currency,
            holder: holder,
            iban: iban,
            bic: bic,
            salt: salt
        )
    }

    init(
        partner: String,
        currency: Currency,
        holder: String,
        iban: IBAN,
        bic: BIC?,
        salt: String
    ) {
        self.partner = partner
        self.currency = currency
        self.holder = holder
        self.iban = iban
        self.bic = bic
        self.salt = salt
    }
}
