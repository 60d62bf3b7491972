internal import Formats
internal import Ledger
internal import Money
internal import Signing

/// Accounts of the demonstration's partners: numbers that no bank has, with right check digits.
enum DemoAccounts {
    /// Accounts of a partner in the currencies of the network.
    static func make(
        of partner: String,
        in currencies: [Currency],
        salt: () -> UInt128
    ) throws -> [AccountOpening] {
        try currencies.map { currency in
            let text = "\(partner) \(currency)"
            let hash = DigestBuilder.digest(Array(text.utf8)).bytes
            let number = hash.prefix(18).map { String($0 % 10) }.joined()
            guard let iban = iban("DE", number) else {
                throw CommandError("the account of \(partner) has no valid number")
            }
            return AccountOpening(
                partner: partner,
                currency: currency,
                holder: partner,
                iban: iban,
                bic: nil,
                salt: salt().base64URL
            )
        }
    }

    /// An account number with the check digits of ISO 13616.
    private static func iban(_ country: String, _ number: String) -> IBAN? {
        var rest = 0
        for character in number + country + "00" {
            let digits = character.isNumber ? String(character) : letterValue(character)
            for digit in digits { rest = (rest * 10 + (digit.wholeNumberValue ?? 0)) % 97 }
        }
        let check = String(98 - rest)
        return IBAN(country + (check.count == 1 ? "0" : "") + check + number)
    }

    private static func letterValue(_ letter: Character) -> String {
        String(Int(letter.asciiValue ?? 65) - 55)
    }
}
