internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// What a fixing of the demonstration gave: values of programmes, and the rates of agreements.
struct DemoFixing: Sendable {
    let window: UInt64
    let hash: Digest
    let numeraire: Currency
    /// Programmes with a value, by rule.
    let valueCounts: [(rule: ValueRule, programs: Int)]
    /// The rates that hold, by terms hash.
    let rates: [Digest: FixedRates]
    /// Agreements whose rates moved by more than their band, and were accepted by both sides.
    let accepted: [Digest]

    init(_ fixing: NightFixing, _ accepted: [Digest], _ book: Book) {
        window = fixing.window
        hash = fixing.hash
        numeraire = fixing.numeraire
        valueCounts = ValueRule.allCases.map { ($0, book.fixedValues(by: $0).count) }
        var rates: [Digest: FixedRates] = [:]
        for agreement in book.fixingAgreements { rates[agreement] = book.fixedRates(of: agreement) }
        self.rates = rates
        self.accepted = accepted
    }
}
