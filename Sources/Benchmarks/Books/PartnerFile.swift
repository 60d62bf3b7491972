internal import Formats
internal import Signing

/// A file of a partner's books in the dialect of most exports, and its mapping: about 126 bytes a
/// row with a transfer, a member, a reference, a day, a status, units and money.
struct PartnerFile {
    let bytes: [UInt8]
    let mapping: BookMapping
    let lineCount: Int

    init(lines count: Int) throws {
        lineCount = count
        mapping = try BookMapping(parsing: Array(Self.mappingText.utf8))
        var source = SplitMix(seed: 26)
        var text: [UInt8] = []
        text.reserveCapacity(count * 130)
        text.append(contentsOf: "Vorgang;Mitglied;Beleg;Datum;Status;Meilen;Betrag;Text\r\n".utf8)
        for line in 0..<count {
            let moment = Timestamp(milliseconds: 1_790_000_000_000 + Int64(line))
            let high = UInt16(truncatingIfNeeded: source.next())
            guard let id = UUIDv7(timestamp: moment, high: high, low: source.next()) else {
                throw BenchmarkError("there is no id for a line")
            }
            text.append(contentsOf: id.ascii)
            text.append(contentsOf: "/\(line % 200);".utf8)
            let member = UInt128(source.next()) << 64 | UInt128(source.next())
            member.appendBase64URL(to: &text)
            let miles = "-\(1 + line % 9).\(100 + line % 900)"
            let money = "\(line % 1_000),\(10 + line % 90)"
            let rest =
                ";N-2026-\(line);22.11.2026;gebucht;\(miles);\(money);Ankauf Filiale\r\n"
            text.append(contentsOf: rest.utf8)
        }
        bytes = text
    }

    private static let mappingText = """
        {"format":"kontor-mapping/1","ledger":"\(Digest.zero.base64URL)","partner":"nordwind",
        "version":1,"file":{"type":"csv","delimiter":";"},
        "numbers":{"decimal":",","thousands":"."},
        "dates":{"pattern":"DD.MM.YYYY","utcOffsetMinutes":60},
        "columns":{"transfer":"Vorgang","member":"Mitglied","reference":"Beleg","day":"Datum",
        "status":"Status","money":"Betrag"},
        "status":{"gebucht":"posted","offen":"pending"},"currency":"EUR",
        "amounts":[{"program":"nordwind/miles","column":"Meilen"}]}
        """
}
