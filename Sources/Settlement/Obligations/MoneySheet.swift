public import Money

/// The quotes by which a settlement changes money, of any number of sources and days (S-40).
public struct MoneySheet: Sendable {
    /// What an agreement wants where the last publication lacks one of its currencies.
    public enum Fallback: String, Sendable, Hashable, CaseIterable {
        /// The last earlier publication that has both.
        case previousWorkingDay
        /// None.
        case stop
    }

    /// Why two currencies have no rate; the debt is set aside and carried.
    public enum Absence: Sendable, Hashable {
        /// Nothing of this source up to the day.
        case noPublication
        /// The last publication lacks this currency, and no earlier one may be taken or has both.
        case notQuoted(Currency)
        /// The last publication with both is so many days old, which is too old.
        case tooOld(days: Int32)
    }

    /// What a sheet says of two currencies.
    public enum Answer: Sendable, Hashable {
        /// Minor units of the second currency per minor unit of the first, and the day it is of.
        case rate(Quotient, day: Int32)
        /// No rate, and why.
        case unrated(Absence)
    }

    /// What a source published on a day against one base, by currency.
    fileprivate struct Publication {
        let base: Currency
        let day: Int32
        let rates: [(currency: Currency, rate: Rate)]
    }

    /// The quotes, by source, base, newest day and currency.
    public let quotes: [MoneyQuote]
    /// By source; the newest first, those of one day in the order of their bases.
    private let publications: [String: [Publication]]

    /// A sheet of quotes in any order.
    ///
    /// - Throws: `duplicateQuote`, `quoteOfBase`.
    public init(_ quotes: [MoneyQuote]) throws(SettlementError) {
        let sorted = quotes.sorted {
            ($0.source, $1.day, $0.base, $0.currency) < ($1.source, $0.day, $1.base, $1.currency)
        }
        var publications: [String: [Publication]] = [:]
        for run in sorted.runs({
            $0.source == $1.source && $0.day == $1.day && $0.base == $1.base
        }) {
            guard let first = run.first else { continue }
            for (quote, next) in zip(run, run.dropFirst()) where quote.currency == next.currency {
                throw .duplicateQuote(
                    source: quote.source,
                    currency: quote.currency,
                    day: quote.day
                )
            }
            if run.contains(where: { $0.currency == first.base }) {
                throw .quoteOfBase(source: first.source, currency: first.base)
            }
            let rates = run.map { (currency: $0.currency, rate: $0.rate) }
            let publication = Publication(base: first.base, day: first.day, rates: rates)
            publications[first.source, default: []].append(publication)
        }
        self.quotes = sorted
        self.publications = publications
    }

    /// The rate between two currencies as an agreement wants it on a day.
    ///
    /// Both quotes are of one publication: the last one dated on or before the day or, where it
    /// lacks a currency and the fallback allows it, the last one that has both. It may be so many
    /// days old. The rate is the exact product over the base, with the decimal places of both
    /// currencies counted in (S-40). A currency against itself is 1, whatever the sheet holds.
    public func quote(
        source: String,
        from: Currency,
        to: Currency,
        on day: Int32,
        maxAgeDays: Int32,
        fallback: Fallback
    ) -> Answer {
        if from == to { return .rate(.one, day: day) }
        let usable = (publications[source] ?? []).drop { $0.day > day }
        guard let last = usable.first else { return .unrated(.noPublication) }
        for publication in usable {
            if fallback == .stop, publication.day != last.day { break }
            guard let rate = publication.rate(from: from, to: to) else { continue }
            let age = Int64(day) - Int64(publication.day)
            guard age <= Int64(maxAgeDays) else {
                return .unrated(.tooOld(days: Int32(clamping: age)))
            }
            return .rate(rate, day: publication.day)
        }
        return .unrated(.notQuoted(last.quote(of: from) == nil ? from : to))
    }
}

extension MoneySheet.Publication {
    /// Major units of a currency for one of the base.
    fileprivate func quote(of currency: Currency) -> Quotient? {
        if currency == base { return .one }
        return rates.first { $0.currency == currency }.map { Quotient($0.rate) }
    }

    /// Minor units of one currency per minor unit of another.
    ///
    /// A quote has parts below 2^31 and the scale is at most 10^3, so the parts of the result are
    /// below 2^72 and nothing overflows.
    fileprivate func rate(from: Currency, to: Currency) -> Quotient? {
        guard let bought = quote(of: to), let sold = quote(of: from) else { return nil }
        let scale = Quotient(Int128.powerOfTen(to.scale), Int128.powerOfTen(from.scale)) ?? .one
        do { return try bought.divided(by: sold).multiplied(by: scale) } catch { return nil }
    }
}

extension Int128 {
    /// 10 to a small power.
    static func powerOfTen(_ exponent: Int) -> Int128 {
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
}
