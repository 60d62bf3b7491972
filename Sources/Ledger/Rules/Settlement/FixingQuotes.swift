internal import Money
internal import Settlement
internal import Signing

/// Money quotes with which a fixing brings values to the numeraire and back (spec/24 §1).
struct FixingQuotes {
    /// How old a sheet may be at the cut-off, in days.
    static let maximumAgeDays = 31

    let numeraire: Currency
    private let sheet: QuoteSheet?

    /// The quotes of the policy's source among the sheets of a fix.
    init(_ rule: NetworkPolicy.FixingRule, _ sheets: [QuoteSheet], cutoff: Timestamp) {
        numeraire = rule.numeraire
        let today = cutoff.date().days
        sheet = sheets.first {
            $0.source.hasSameBytes(as: rule.source) && today - $0.date.days <= Self.maximumAgeDays
        }
    }

    /// Minor units of the numeraire for one minor unit of a currency, or nil.
    func toNumeraire(_ currency: Currency) -> Quotient? {
        currency == numeraire ? .one : sheet?.quote(from: currency, to: numeraire)
    }

    /// Minor units of a currency for one minor unit of the numeraire, or nil.
    func fromNumeraire(_ currency: Currency) -> Quotient? {
        currency == numeraire ? .one : sheet?.quote(from: numeraire, to: currency)
    }
}
