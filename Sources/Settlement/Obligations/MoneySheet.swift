public import Money

/// The quotes by which a settlement changes money: of each source those of one publication (S-40).
public struct MoneySheet: Sendable {
    /// What an agreement wants where the last publication is not of the day (spec/20 §5).
    public enum Fallback: String, Sendable, Hashable, CaseIterable {
        /// One of an earlier day, as old as the agreement allows.
        case previousWorkingDay
        /// None.
        case stop
    }

    /// Why two currencies have no rate; the debt is set aside and carried.
    public enum Absence: Sendable, Hashable {
        /// Nothing of this source.
        case noPublication
        /// The publication lacks this currency.
        case notQuoted(Currency)
        /// The publication is so many days old, which is too old.
        case tooOld(days: Int32)
    }

    /// What a sheet says of two currencies.
    public enum Answer: Sendable, Hashable {
        /// Minor units of the second currency per minor unit of the first, and the day it is of.
        case rate(Quotient, day: Int32)
        /// No rate, and why.
        case unrated(Absence)
    }

    /// The quotes, by source and currency.
    public let quotes: [MoneyQuote]
    /// Where the quotes of a source stand among all.
    private let ranges: [String: Range<Int>]

    /// A sheet of quotes in any order.
    ///
    /// - Throws: `duplicateQuote`; `quoteOfBase`; `twoPublications` when the quotes of a source are
    ///   of two days or bases.
    public init(_ quotes: [MoneyQuote]) throws(SettlementError) {
        let sorted = quotes.sorted { ($0.source, $0.currency) < ($1.source, $1.currency) }
        var ranges: [String: Range<Int>] = [:]
        for run in sorted.runs({ $0.source == $1.source }) {
            guard let first = run.first else { continue }
            for (quote, next) in zip(run, run.dropFirst()) where quote.currency == next.currency {
                throw .duplicateQuote(source: quote.source, currency: quote.currency)
            }
            for quote in run {
                guard quote.day == first.day, quote.base == first.base else {
                    throw .twoPublications(source: quote.source)
                }
                guard quote.currency != quote.base else {
                    throw .quoteOfBase(source: quote.source, currency: quote.base)
                }
            }
            ranges[first.source] = run.indices
        }
        self.quotes = sorted
        self.ranges = ranges
    }

    /// The rate between two currencies as an agreement wants it for a cut-off.
    ///
    /// The age of the publication is the day of the cut-off less its own; it may be negative. With
    /// `stop` it is at most 0, else at most the greatest age of the agreement. The rate is the
    /// exact product over the base, at the scales of both currencies (S-40). A currency against
    /// itself is 1, whatever the sheet holds.
    /// - Parameters:
    ///   - source: The source that the agreement names.
    ///   - from: The currency that is owed.
    ///   - to: The currency in which it is settled.
    ///   - day: The day of the cut-off, in days since 1970-01-01.
    ///   - maxAgeDays: The greatest age of the publication.
    ///   - fallback: Whether it may be older than the cut-off at all.
    /// - Returns: The rate and the day of the publication, or why there is none.
    public func quote(
        source: String,
        from: Currency,
        to: Currency,
        on day: Int32,
        maxAgeDays: Int32,
        fallback: Fallback
    ) -> Answer {
        if from == to { return .rate(.one, day: day) }
        guard let range = ranges[source], let first = quotes[range].first else {
            return .unrated(.noPublication)
        }
        let age = Int64(day) - Int64(first.day)
        guard age <= Int64(fallback == .stop ? 0 : maxAgeDays) else {
            return .unrated(.tooOld(days: Int32(clamping: age)))
        }
        guard let sold = units(of: from, in: range) else { return .unrated(.notQuoted(from)) }
        guard let bought = units(of: to, in: range) else { return .unrated(.notQuoted(to)) }
        // A quote has parts below 2^31 and the scale is at most 10^3: nothing overflows.
        let scale = Quotient(Int128.powerOfTen(to.scale), Int128.powerOfTen(from.scale)) ?? .one
        do {
            return .rate(try bought.divided(by: sold).multiplied(by: scale), day: first.day)
        } catch {
            return .unrated(.notQuoted(from))
        }
    }

    /// Major units of a currency for one of the base.
    private func units(of currency: Currency, in range: Range<Int>) -> Quotient? {
        if currency == quotes[range.lowerBound].base { return .one }
        return quotes[range].first { $0.currency == currency }.map { Quotient($0.rate) }
    }
}

extension Int128 {
    /// 10 to a small power.
    static func powerOfTen(_ exponent: Int) -> Int128 {
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
}
