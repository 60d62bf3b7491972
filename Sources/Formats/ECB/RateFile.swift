public import Money
public import Signing

/// A file of reference rates as the European Central Bank publishes it: how many units of each
/// currency one euro was on each day (S-41).
///
/// Read from CSV (history and daily, columns found by their header), from a zip archive of such a
/// file, or from XML. Days are in the order of the file, the newest first.
public struct RateFile: Hashable, Sendable {
    /// What kind of file the bytes were.
    public enum Source: String, Hashable, Sendable, CaseIterable {
        /// Comma-separated text.
        case csv
        /// A zip archive of comma-separated text.
        case zippedCSV
        /// XML with `Cube time=` and `Cube currency= rate=`.
        case xml
    }

    /// A currency and its rate.
    public struct Quotation: Hashable, Sendable {
        /// The currency.
        public let currency: Currency
        /// Units of the currency for one euro: the printed digits over a power of ten.
        public let rate: Rate
    }

    /// The rates of one day.
    public struct Day: Hashable, Sendable {
        /// The day.
        public let date: CivilDate
        /// The rates in the order of the letters of their currencies; those that were not published
        /// that day are left out.
        public let rates: [Quotation]

        /// The rate of a currency, or nil if none was published that day.
        ///
        /// Complexity: O(log n).
        public func rate(of currency: Currency) -> Rate? {
            var low = 0
            var high = rates.count
            while low < high {
                let middle = (low + high) / 2
                if rates[middle].currency < currency { low = middle + 1 } else { high = middle }
            }
            return low < rates.count && rates[low].currency == currency ? rates[low].rate : nil
        }

        /// The wanted currencies that have no rate that day, in their order; the euro has always
        /// one.
        public func missing(_ wanted: [Currency]) -> [Currency] {
            wanted.filter { $0 != RateFile.base && rate(of: $0) == nil }
        }
    }

    /// The currency of which every rate is for one unit: the euro.
    public static let base: Currency = {
        guard let euro = Currency("EUR") else { Invariant.failed("EUR is three letters") }
        return euro
    }()

    /// SHA-256 of the bytes as they came, which pins the file.
    public let sha256: Digest
    /// What kind of file it was.
    public let source: Source
    /// Every currency that the file names, in the order of the letters.
    public let currencies: [Currency]
    /// The days, each before the one above it.
    public let days: [Day]

    /// Reads a file of any of the three kinds.
    ///
    /// Complexity: O(n).
    public init(parsing bytes: [UInt8]) throws(FormatError) {
        guard bytes.count <= FormatLimits.rateFileByteCount else {
            throw FormatError(
                .tooLarge,
                in: "rates",
                "it has \(bytes.count) bytes, at most \(FormatLimits.rateFileByteCount) are read",
                wayOut: "give the file as published"
            )
        }
        sha256 = DigestBuilder.digest(bytes)
        let reading: RateFileReading
        if ZipArchive.isArchive(bytes) {
            source = .zippedCSV
            let archive = try ZipArchive(bytes, limit: FormatLimits.rateFileByteCount)
            reading = try RateFileReading(csv: archive.content)
        } else if RateFileReading.isXML(bytes) {
            source = .xml
            reading = try RateFileReading(xml: bytes)
        } else {
            source = .csv
            reading = try RateFileReading(csv: bytes)
        }
        currencies = reading.currencies.sorted()
        days = reading.days
    }

    /// Requires that every wanted currency is named in the file, whether or not it has a rate each
    /// day.
    public func require(_ wanted: [Currency]) throws(FormatError) {
        let absent = wanted.filter { $0 != Self.base && !currencies.contains($0) }
        guard absent.isEmpty else {
            let names = absent.map(\.code).joined(separator: ", ")
            throw FormatError(
                .columnMissing,
                in: "rates",
                line: 1,
                "it has no rates of \(names)",
                wayOut: "name another source for \(names) in the agreement"
            )
        }
    }

    /// The rates of a day, or nil if the file has none of that day.
    ///
    /// Complexity: O(log n).
    public func day(on date: CivilDate) -> Day? {
        latest(onOrBefore: date).flatMap { $0.date == date ? $0 : nil }
    }

    /// The last day that is not after a date, or nil.
    ///
    /// Complexity: O(log n).
    public func latest(onOrBefore date: CivilDate) -> Day? {
        let index = firstIndex { $0 <= date }
        return index < days.count ? days[index] : nil
    }

    /// The first day that is not before a date, or nil.
    ///
    /// Complexity: O(log n).
    public func earliest(onOrAfter date: CivilDate) -> Day? {
        let index = firstIndex { $0 < date }
        return index > 0 ? days[index - 1] : nil
    }

    /// The first index whose date fulfils a condition that all later ones fulfil too.
    private func firstIndex(where isReached: (CivilDate) -> Bool) -> Int {
        var low = 0
        var high = days.count
        while low < high {
            let middle = (low + high) / 2
            if isReached(days[middle].date) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
