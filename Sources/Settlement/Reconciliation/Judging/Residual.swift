/// What is left between the sides of a match, in one currency.
struct Residual: Sendable {
    let match: Int32
    let agreement: UInt16
    /// Whether the match gives back what was owed.
    let isReversal: Bool
    /// What the ledger says is owed, in minor units.
    var expected: Int128?
    /// The currency of all differences; nil as long as there are none.
    private(set) var currency: String?
    /// By how much the partner states more of what is owed for units.
    private(set) var owed: Int128 = 0
    /// By how much the partner states more of the fee.
    private(set) var fee: Int128 = 0
    /// What the partner states too much, all differences together.
    private(set) var above: Int128 = 0
    /// What the partner states too little, all differences together.
    private(set) var below: Int128 = 0
    /// The breaks of these differences, with whether each is of the fee.
    private(set) var breaks: [(number: Int, isFee: Bool)] = []
    /// Whether every difference of figures has a value, and all are in one currency.
    private var isValued = true

    /// A match without differences.
    init(match: Int32, ledger: BookRow, agreement: UInt16) {
        self.match = match
        self.agreement = agreement
        isReversal = ledger.event == .reversal
    }

    /// Takes in a difference, if it is one of figures.
    mutating func add(_ verdict: Verdict, in currency: String?, break number: Int) {
        guard verdict.field.isFigure else { return }
        guard let difference = verdict.difference, let currency,
            self.currency == nil || self.currency == currency
        else {
            isValued = false
            return
        }
        self.currency = currency
        let isFee = verdict.field == .fee
        if isFee { fee += difference } else { owed += difference }
        if difference < 0 { below -= difference } else { above += difference }
        breaks.append((number, isFee))
    }

    /// Whether a tolerance may close it.
    var isWhole: Bool { isValued && !breaks.isEmpty }

    /// The sum of the magnitudes: differences that cancel out still count.
    var size: Int128 { above + below }
}
