public import Money
public import Settlement
public import Signing

/// Whose an amount is that waits for a later settlement: a participant, a pair, or an ordered pair
/// (spec/20 §6).
public struct CarryKey: Sendable, Hashable, Codable, Comparable {
    /// The participant, or the first of the pair.
    public let first: String
    /// The other one of the pair; nil with the multilateral model.
    public let second: String?

    /// The text in state records: partners joined by a plus sign.
    public var text: String { second.map { "\(first)+\($0)" } ?? first }

    /// Whether a partner is one of the key.
    func names(_ partner: String) -> Bool { first == partner || second == partner }

    /// Orders keys by their names.
    public static func < (left: CarryKey, right: CarryKey) -> Bool {
        (left.first, left.second ?? "") < (right.first, right.second ?? "")
    }
}

/// What is carried in one calendar, model and currency (S-24).
public struct CarryRecord: Sendable, Hashable, Codable {
    /// The calendar.
    public let calendar: String
    /// The model.
    public let model: SettlementModel
    /// The settlement currency.
    public let currency: Currency
    /// Whose it is.
    public let key: CarryKey
    /// Minor units, as spec/20 §6 signs the key's value.
    public let amount: Int128
    /// The cut-off at which it began.
    public let since: Timestamp
}

/// What a settlement does to a carry.
public struct CarryLine: Sendable, Hashable, Codable {
    /// Whose it is.
    public let key: CarryKey
    /// What was carried in, in minor units.
    public let before: Int128
    /// Since which cut-off, if anything.
    public let sinceBefore: Timestamp?
    /// What is carried on, in minor units.
    public let after: Int128
    /// Since which cut-off, if anything.
    public let sinceAfter: Timestamp?
}
