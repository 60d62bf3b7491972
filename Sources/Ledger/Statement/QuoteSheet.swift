public import Money
public import Signing

/// Money quotes of one source and one day, as a fix states them (spec/20 §5, S-40).
public struct QuoteSheet: Sendable, Hashable, Codable {
    /// What one unit of the base is in a currency.
    public struct Quote: Sendable, Hashable, Codable {
        /// The currency.
        public let currency: Currency
        /// Units of the currency for one unit of the base, in whole units, not minor ones.
        public let rate: Rate

        init(reading value: JSONValue) throws(Fault) {
            var members = try Members(value)
            currency = try members.required("currency", Read.currency)
            rate = try members.required("rate", Read.rate)
            try members.finish()
        }
    }

    /// Who published it, as agreements name it.
    public let source: String
    /// The day of the publication.
    public let date: CivilDate
    /// SHA-256 of the published file.
    public let file: Digest
    /// The currency that is quoted.
    public let base: Currency
    /// The quotes, in the order of the entry.
    public let quotes: [Quote]

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        source = try members.required("source", Read.slug)
        date = try members.required("date", Read.date)
        file = try members.required("file", Read.digest)
        base = try members.required("base", Read.currency)
        quotes = try members.required(
            "quotes",
            Members.list(1...Limits.quotesPerSheet, Quote.init(reading:))
        )
        try members.finish()
        try Read.distinctUnder("quotes", quotes, by: \.currency)
        if let own = quotes.firstIndex(where: { $0.currency == base }) {
            throw Fault(
                .invalidValue,
                at: "quotes[\(own)].currency",
                "a base is not quoted in itself"
            )
        }
    }

    /// Minor units of one currency for one minor unit of another, or nil if the sheet lacks one.
    ///
    /// Parts of a quote are below 2^31 and scales at most 10^3, so the product is exact.
    public func quote(from: Currency, to: Currency) -> Quotient? {
        if from == to { return .one }
        guard let bought = rate(of: to), let sold = rate(of: from),
            let scale = Quotient(Self.minorUnits(of: to), Self.minorUnits(of: from))
        else { return nil }
        do { return try bought.divided(by: sold).multiplied(by: scale) } catch { return nil }
    }

    private func rate(of currency: Currency) -> Quotient? {
        if currency == base { return .one }
        return quotes.first { $0.currency == currency }.map { Quotient($0.rate) }
    }

    private static func minorUnits(of currency: Currency) -> Int128 {
        (0..<currency.scale).reduce(1) { power, _ in power * 10 }
    }
}
