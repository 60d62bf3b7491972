public import Money
public import Settlement
public import Signing

/// What one participant owes another under an agreement for one window and one purpose (spec/20
/// §1).
public struct WindowDebt: Sendable, Codable {
    /// Where a debt stands.
    public enum Status: String, Sendable, Codable {
        /// It waits for its settlement.
        case open
        /// Set aside because a partner of it was suspended.
        case suspended
        /// Set aside because no quote exists.
        case unrated
        /// Set aside by an objection.
        case objected
        /// A settlement that is not given up has calculated it.
        case settled
        /// It is paid or set off, and taken from the exposures.
        case released

        /// Whether the debt left the settlement of its window.
        public var isSetAside: Bool {
            self == .suspended || self == .unrated || self == .objected
        }
    }

    /// A debt in the currency of its settlement.
    public struct Amount: Sendable, Hashable, Codable {
        /// The settlement currency.
        public let currency: Currency
        /// Minor units, rounded once.
        public let minorUnits: Int128
        let quoteNumerator: Int128
        let quoteDenominator: Int128

        init(currency: Currency, quote: Quotient, minorUnits: Int128) {
            self.currency = currency
            self.minorUnits = minorUnits
            quoteNumerator = quote.numerator
            quoteDenominator = quote.denominator
        }

        /// Minor units of the settlement currency for one minor unit of the debt's currency.
        public var quote: Quotient { Quotient(quoteNumerator, quoteDenominator) ?? .zero }
    }

    /// The place of the agreement among all versions.
    let agreement: Int32
    /// What it is for.
    public let purpose: DebtPurpose
    /// The place of who owes.
    let debtor: Int32
    /// The place of whom it is owed to.
    let creditor: Int32
    /// The currency in which it was posted.
    public let currency: Currency
    /// The window in which it was posted.
    public let window: UInt64
    let numerator: Int128
    let denominator: Int128
    /// How many entries posted under the agreement in that window.
    public let entries: UInt64
    /// The trail of the agreement in that window.
    public let trail: Digest
    /// The window whose sheets and cut-off hold for it.
    public internal(set) var sheetWindow: UInt64
    /// Where it stands.
    public internal(set) var status = Status.open
    /// What it is in its settlement: set when one calculates it, nil again when that one is given
    /// up or the debt is set aside.
    public internal(set) var amount: Amount?
    /// Whether it was calculated when its sheets were finalised, so that provisional ones stay.
    public internal(set) var keepsProvisional = false

    /// The exact value in minor units of its currency.
    public var exact: Quotient { Quotient(numerator, denominator) ?? .zero }
}
