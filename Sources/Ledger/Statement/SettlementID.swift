public import Money
public import Settlement

/// The name of a settlement: calendar, window, model, settlement currency and attempt (S-06).
///
/// Its text is `target/12/multilateral/EUR/1` (spec/20 §1).
public struct SettlementID: Hashable, Sendable {
    /// The slug of the calendar.
    public let calendar: String
    /// The number of the window, from 1.
    public let window: UInt64
    /// How debts are set off.
    public let model: SettlementModel
    /// The currency in which is settled.
    public let currency: Currency
    /// The number of the attempt, from 1.
    public let attempt: Int64

    /// A settlement's name.
    public init(
        calendar: String,
        window: UInt64,
        model: SettlementModel,
        currency: Currency,
        attempt: Int64
    ) {
        self.calendar = calendar
        self.window = window
        self.model = model
        self.currency = currency
        self.attempt = attempt
    }
}
