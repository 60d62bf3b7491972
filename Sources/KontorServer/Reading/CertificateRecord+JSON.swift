internal import Ledger
internal import Signing

extension CertificateRecord {
    /// What a pair certified about a window, and who has signed it.
    var json: JSONValue {
        let sides = [(key.first, first), (key.second, second)]
        let signatures = sides.compactMap { partner, signature in
            signature.map { $0.json(of: partner) }
        }
        return [
            "calendar": .string(key.calendar), "window": .integer(Int64(key.window)),
            "partners": [.string(key.first), .string(key.second)],
            "root": .string(figures.root.base64URL), "count": .integer(figures.count),
            "sums": .array(figures.sums.map(\.json)), "complete": .boolean(isComplete),
            "signatures": .array(signatures),
        ]
    }
}

extension CertificateRecord.Signature {
    fileprivate func json(of partner: String) -> JSONValue {
        [
            "partner": .string(partner), "entry": .integer(Int64(entry)),
            "time": .string(time.description), "books": .string(books.base64URL),
        ]
    }
}

extension CertifiedSum {
    fileprivate var json: JSONValue {
        [
            "program": .string(program), "debit": .integer(debit), "credit": .integer(credit),
            "reversedDebit": .integer(reversedDebit), "reversedCredit": .integer(reversedCredit),
        ]
    }
}
