internal import Money

/// Words that files use, in English, German and French, and what they stand for.
enum WordMeaning {
    /// What a column may be.
    enum Role: String, CaseIterable {
        case transfer, item, otherReference, reference, member, account, batch, day, status, event
        case fee, balance, currency, program, sign, debit, credit, money, amount

        var field: MappingField? { MappingField(rawValue: rawValue) }
    }

    /// Words of a column's name; a name has the role whose word it holds first in this order.
    private static let names: [(role: Role, words: [String])] = [
        (.item, ["item", "pos", "position", "zeile", "ligne"]),
        (
            .otherReference,
            [
                "otherref", "otherreference", "fremdbeleg", "fremdreferenz", "gegenbeleg",
                "partnerref", "partnerreferenz", "theirref", "contrepartie",
            ]
        ),
        (
            .reference,
            [
                "ref", "refs", "reference", "referenz", "référence", "beleg", "belegnr",
                "belegnummer", "voucher", "pièce", "kref", "acctsvcrref",
            ]
        ),
        (.member, ["member", "mitglied", "membre", "gast", "pseudonym", "client", "kunde"]),
        (.account, ["account", "konto", "compte", "card", "karte", "carte"]),
        (.batch, ["batch", "stapel", "lot", "sammler", "btchid"]),
        (
            .day,
            [
                "date", "datum", "day", "tag", "jour", "buchungstag", "valuta", "at", "time",
                "timestamp", "bookgdt",
            ]
        ),
        (.status, ["status", "state", "zustand", "état", "statut", "sts"]),
        (.fee, ["fee", "gebühr", "entgelt", "frais", "commission"]),
        (.balance, ["balance", "saldo", "kontostand", "solde"]),
        (.currency, ["currency", "ccy", "währung", "devise", "monnaie"]),
        (.program, ["program", "programme", "programm", "unit", "einheit", "unité"]),
        (.sign, ["sign", "vorzeichen", "sens", "dc", "cd", "sh", "ea", "cdtdbtind"]),
        (.debit, ["debit", "soll", "débit", "out", "ausgang", "abgang", "sortie"]),
        (.credit, ["credit", "haben", "crédit", "in", "eingang", "zugang", "entrée"]),
        (.event, ["event", "type", "art", "kind", "vorgang", "operation", "opération", "rvslind"]),
        (.transfer, ["transfer", "transaction", "tx", "transfert", "umbuchung", "eref"]),
        (
            .money,
            ["money", "betrag", "gegenwert", "montant", "valeur", "settlement", "eur", "usd"]
        ),
        (
            .amount,
            [
                "amount", "amt", "points", "punkte", "miles", "meilen", "units", "quantity",
                "menge", "quantité", "value", "coins", "stars", "sterne", "beans", "étoiles",
                "taler", "cédées",
            ]
        ),
    ]

    /// The role that the words of a column's name give it, and the word, or nil.
    static func role(of name: String) -> (role: Role, word: String)? {
        let tokens = tokens(of: name)
        let joined = tokens.joined()
        for (role, words) in names {
            for word in words where tokens.contains(word) || joined == word {
                return (role, word)
            }
        }
        return nil
    }

    /// The words of a name in lower case: runs of letters.
    private static func tokens(of name: String) -> [String] {
        name.lowercased().split { !$0.isLetter }.map { String($0) }
    }

    /// `pending`, `posted` or `void`, or nil for a word that is not known.
    static func status(_ word: String) -> String? {
        meaning(
            word,
            [
                ("pending", ["pending", "open", "offen", "vorgemerkt", "hold", "pdng", "attente"]),
                ("void", ["void", "cancelled", "canceled", "storniert", "annulé", "expired"]),
                (
                    "posted",
                    [
                        "posted", "booked", "book", "done", "ok", "settled", "gebucht",
                        "comptabilisé",
                    ]
                ),
            ]
        )
    }

    /// `posting` or `reversal`, or nil for a word that is not known.
    static func event(_ word: String) -> String? {
        meaning(
            word,
            [
                (
                    "reversal",
                    [
                        "reversal", "reverse", "rev", "refund", "storno", "rückbuchung", "rückgabe",
                        "annulation", "true",
                    ]
                ),
                (
                    "posting",
                    [
                        "posting", "pos", "transfer", "booking", "buchung", "umbuchung", "übertrag",
                        "bewegung", "échange", "false",
                    ]
                ),
            ]
        )
    }

    /// The currency of a code or sign, or nil.
    static func currency(_ word: String) -> String? {
        switch word {
        case "€": "EUR"
        case "$": "USD"
        case "£": "GBP"
        default: Currency(word)?.code
        }
    }

    /// 1 for a word for points that came, −1 for one for points that left, or nil.
    static func sign(_ word: String) -> Int? {
        switch word.lowercased() {
        case "c", "cr", "crdt", "h", "+", "credit", "haben", "in", "e", "eingang": 1
        case "d", "dr", "dbit", "s", "-", "debit", "soll", "out", "a", "ausgang": -1
        default: nil
        }
    }

    private static func meaning(
        _ word: String,
        _ table: [(meaning: String, words: [String])]
    ) -> String? {
        let tokens = tokens(of: word)
        return table.first { entry in tokens.contains { entry.words.contains($0) } }?.meaning
    }
}
