internal import Money
internal import Signing

/// What one pass over a rate file has read so far.
struct RateFileReading {
    /// Currencies in the order of the file.
    var currencies: [Currency] = []
    var days: [RateFile.Day] = []

    /// Whether bytes are XML: the first character that is no space is `<`.
    static func isXML(_ bytes: [UInt8]) -> Bool {
        let text = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes[3...] : bytes[...]
        return text.first { $0 > 0x20 } == 0x3c
    }

    /// Adds a day, which must lie before the one above it.
    mutating func append(
        _ date: CivilDate,
        _ rates: [RateFile.Quotation],
        fault: (FormatError.Code, String, String) -> FormatError
    ) throws(FormatError) {
        if let last = days.last, date >= last.date {
            throw fault(
                .dateOrder,
                "\(date) stands below \(last.date); the newest day comes first",
                "fetch the file again from its publisher"
            )
        }
        guard days.count < FormatLimits.dayCount else {
            throw fault(
                .tooLarge,
                "more than \(FormatLimits.dayCount) days",
                "give the file as published"
            )
        }
        days.append(
            RateFile.Day(date: date, rates: rates.sorted { $0.currency < $1.currency })
        )
    }

    /// The rate of a printed number.
    static func rate(
        _ text: ArraySlice<UInt8>,
        of currency: Currency,
        fault: (FormatError.Code, String, String) -> FormatError
    ) throws(FormatError) -> Rate {
        let wayOut = "fetch the file again from its publisher"
        guard let number = PlainDecimal(text) else {
            throw fault(
                .number,
                "\(Self.quote(text)) for \(currency) is no number like 1.1357",
                wayOut
            )
        }
        guard number.digits > 0 else {
            throw fault(.rateZero, "the rate of \(currency) is zero", wayOut)
        }
        guard let rate = number.rate else {
            throw fault(
                .rateRange,
                "the rate of \(currency) has more digits than are kept exactly",
                wayOut
            )
        }
        return rate
    }

    /// A short piece of a text, for a reason.
    static func quote(_ text: ArraySlice<UInt8>) -> String {
        "\"" + String(decoding: text.prefix(40), as: UTF8.self) + (text.count > 40 ? "…" : "")
            + "\""
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]

    /// A day as files print it: `2025-04-25`, or `25 April 2025` as in the daily CSV.
    static func date(_ text: ArraySlice<UInt8>) -> CivilDate? {
        if let date = CivilDate(String(decoding: text, as: UTF8.self)) { return date }
        let words = text.split(separator: 0x20)
        guard words.count == 3, let day = number(words[0], 1...2),
            let year = number(words[2], 4...4),
            let month = months.firstIndex(where: { $0.utf8.elementsEqual(words[1]) })
        else { return nil }
        return CivilDate(year: year, month: month + 1, day: day)
    }

    private static func number(_ text: ArraySlice<UInt8>, _ count: ClosedRange<Int>) -> Int? {
        guard count.contains(text.count), text.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
