internal import Formats
internal import Settlement
internal import Signing

/// Two sides of an exchange of digests, each fed what a stranger sends: lines, or rubbish.
///
/// Neither keeps or sends more than its limits, and what is told as a result has words.
enum ExchangeTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        guard let digest = book else { return }
        var caller = DigestCaller(digest)
        var answerer = DigestAnswerer(digest)
        feed(input, to: &caller)
        feed(input, to: &answerer)
        // Behind a greeting of its own a side goes deeper.
        var other = DigestAnswerer(digest)
        _ = caller.begin().map { try? other.receive($0) }
        feed(input, to: &other)
    }

    private static func feed(_ input: [UInt8], to side: inout some DigestExchange) {
        var rest = input[...]
        while let end = rest.firstIndex(of: 0x0a) {
            do throws(FormatError) {
                let step = try side.receive(Array(rest[...end]))
                for line in step.lines {
                    expect(line.count <= FormatLimits.exchangeLineByteCount, "a line has a limit")
                    expect(line.last == 0x0a, "a line has its end")
                }
                if let result = step.result {
                    expect(
                        result.differences.count <= FormatLimits.exchangeDifferenceCount,
                        "differences have a limit"
                    )
                }
            } catch {
                expect(!error.reason.isEmpty && !error.wayOut.isEmpty, "a fault has words")
                return
            }
            rest = rest[(end + 1)...]
        }
    }

    /// A book of forty transfers.
    private static let book: BookDigest? = {
        var table = BookTable()
        guard let unit = table.number(of: "nordwind/miles"), let one = Slug("nordwind"),
            let other = Slug("talweg"), let calendar = Slug("eur"),
            let scope = BookScope(ledger: .zero, one, other, calendar: calendar, window: 7)
        else { return nil }
        for number in 0..<40 {
            var row = BookRow()
            row.transfer = UInt128(number) << 80 | 7 << 76 | 2 << 62
            row.item = 0
            row.unit = unit
            row.units = -Int64(number + 1)
            table.rows.append(row)
        }
        return try? BookDigest(table, scope: scope)
    }()
}
