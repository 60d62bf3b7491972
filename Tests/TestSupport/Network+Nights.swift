public import Ledger
public import Signing

/// Entries of the night: windows and sheets.
extension Network {
    /// A calendar with a cut-off at 16:00 on each of so many days from a first one on.
    public mutating func calendar(
        _ name: String = "network",
        days: Int = 60,
        from first: Timestamp? = nil
    ) -> [UInt8] {
        let start = (first ?? now).date().days + (first == nil ? 1 : 0)
        let list = (start..<start + days).map { CivilDate(days: $0) }
        return sign(
            .calendarPublish,
            by: "operator-a",
            [
                "calendar": .string(name),
                "cutoffs": .array(list.map { .string("\($0)T16:00:00.000Z") }),
                "businessDays": .array(list.map { .string($0.description) }),
            ]
        )
    }

    /// A rule set from an index on.
    public mutating func activate(_ rules: Int64, from index: UInt64) -> [UInt8] {
        sign(
            .rulesActivate,
            by: "operator-a",
            ["rules": .integer(rules), "from": .integer(Int64(index))]
        )
    }

    /// The close of a window.
    public mutating func close(
        _ calendar: String = "network",
        start: UInt64,
        cutoff: Timestamp,
        reason: String? = nil,
        by signer: String = "operator-a"
    ) -> [UInt8] {
        let seed = DigestBuilder.digest(Array(pseudonym().utf8)).base64URL
        let members: JSONValue = [
            "calendar": .string(calendar), "start": .integer(Int64(start)),
            "cutoff": .string(cutoff.description), "seed": .string(seed),
        ]
        return sign(
            .settlementClose,
            by: signer,
            reason.map { members.with("reason", .string($0)) } ?? members
        )
    }

    /// The sheets of a window, provisional, or final ones with `settlementFinalise`.
    public mutating func fix(
        _ kind: Kind = .settlementFix,
        _ calendar: String = "network",
        window: Int64,
        sheets: [JSONValue]
    ) -> [UInt8] {
        sign(
            kind,
            by: "operator-a",
            [
                "calendar": .string(calendar), "window": .integer(window),
                "sheets": .array(sheets),
            ]
        )
    }

    /// A money sheet: how many units of each currency one euro is.
    public static func sheet(
        _ source: String = "ecb",
        on date: CivilDate,
        _ quotes: [(currency: String, rate: (Int64, Int64))]
    ) -> JSONValue {
        [
            "source": .string(source), "date": .string(date.description),
            "file": .string(DigestBuilder.digest(Array("\(source) \(date)".utf8)).base64URL),
            "base": "EUR",
            "quotes": .array(
                quotes.map { quote in
                    [
                        "currency": .string(quote.currency),
                        "rate": NetworkTerms.rate(quote.rate.0, quote.rate.1),
                    ]
                }
            ),
        ]
    }
}
