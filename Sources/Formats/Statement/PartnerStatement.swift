public import Money
public import Settlement
public import Signing

/// What one partner owes and is owed in one settlement of one model and currency, with every line
/// and the proof that these are all: a plain value, rendered as JSON, CSV and a page to print.
///
/// Amounts are minor units of the settlement currency unless said otherwise, signed as the partner
/// sees them: positive is received, negative is paid. Amounts of debts are as the creditor sees
/// them.
public struct PartnerStatement: Hashable, Sendable {
    /// The id of the ledger.
    public var ledger: Digest
    /// The id of the settlement.
    public var settlement: String
    /// Whose statement it is.
    public var partner: String
    /// The calendar of the cut-offs.
    public var calendar: String
    /// The number of the window.
    public var window: UInt64
    /// The first entry of the window.
    public var firstEntry: UInt64
    /// The entry that closed the window, which is the first that is not in it.
    public var endEntry: UInt64
    /// The cut-off by the calendar.
    public var cutOff: Timestamp
    /// How obligations become payments.
    public var model: SettlementModel
    /// The settlement currency.
    public var currency: Currency
    /// The number of the attempt, from 1.
    public var attempt: Int
    /// SHA-256 of the rate sheet.
    public var sheet: Digest
    /// What is owed under each agreement, in the order that lines refer to.
    public var debts: [Debt]
    /// What was carried from earlier windows.
    public var openingCarry: Int128
    /// Receivables less debts of this window.
    public var net: Int128
    /// What is paid now.
    public var due: Int128
    /// What is carried to the next window.
    public var carried: Int128
    /// The payments that the partner makes or receives.
    public var payments: [Payment]
    /// Differences of earlier settlements by their final sheets.
    public var trueUps: [TrueUpLine]
    /// What the partner could lose by the failure of another one.
    public var exposures: [Exposure]
    /// The entries behind the debts of each agreement and window.
    public var trails: [Trail]
    /// What binds the statement to the log, or nil before that exists.
    public var proof: Proof?
    /// The items behind the debts, in the order of entry and item.
    public var lines: [Line]

    /// A statement.
    public init(
        ledger: Digest,
        settlement: String,
        partner: String,
        calendar: String,
        window: UInt64,
        firstEntry: UInt64,
        endEntry: UInt64,
        cutOff: Timestamp,
        model: SettlementModel,
        currency: Currency,
        attempt: Int,
        sheet: Digest,
        debts: [Debt] = [],
        openingCarry: Int128 = 0,
        net: Int128 = 0,
        due: Int128 = 0,
        carried: Int128 = 0,
        payments: [Payment] = [],
        trueUps: [TrueUpLine] = [],
        exposures: [Exposure] = [],
        trails: [Trail] = [],
        proof: Proof? = nil,
        lines: [Line] = []
    ) {
        self.ledger = ledger
        self.settlement = settlement
        self.partner = partner
        self.calendar = calendar
        self.window = window
        self.firstEntry = firstEntry
        self.endEntry = endEntry
        self.cutOff = cutOff
        self.model = model
        self.currency = currency
        self.attempt = attempt
        self.sheet = sheet
        self.debts = debts
        self.openingCarry = openingCarry
        self.net = net
        self.due = due
        self.carried = carried
        self.payments = payments
        self.trueUps = trueUps
        self.exposures = exposures
        self.trails = trails
        self.proof = proof
        self.lines = lines
    }

    /// The counterparty of a debt: the other one of debtor and creditor.
    public func counterparty(of debt: Debt) -> String {
        debt.creditor.hasSameBytes(as: partner) ? debt.debtor : debt.creditor
    }

    /// The amount of a debt as the partner sees it: positive is owed to it.
    public func signedAmount(of debt: Debt) -> Int128 {
        debt.creditor.hasSameBytes(as: partner) ? debt.amount : -debt.amount
    }
}
