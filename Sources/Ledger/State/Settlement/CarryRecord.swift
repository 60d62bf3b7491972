internal import Money
internal import Settlement
internal import Signing

/// Whose an amount is that waits for a later settlement: a participant, a pair, or an ordered pair
/// (spec/20 §6).
struct CarryKey: Sendable, Hashable, Codable, Comparable {
    let first: String
    /// Nil with the multilateral model.
    let second: String?

    /// The text in state records: partners joined by a plus sign.
    var text: String { second.map { "\(first)+\($0)" } ?? first }

    /// Whether a partner is one of the key.
    func names(_ partner: String) -> Bool { first == partner || second == partner }

    static func < (left: CarryKey, right: CarryKey) -> Bool {
        (left.first, left.second ?? "") < (right.first, right.second ?? "")
    }
}

/// What is carried in one calendar, model and currency (S-24).
struct CarryRecord: Sendable, Hashable, Codable {
    let calendar: String
    let model: SettlementModel
    let currency: Currency
    let key: CarryKey
    /// Minor units: the key's value, as spec/20 §6 signs it.
    var amount: Int128
    /// The cut-off at which it began.
    var since: Timestamp
}

/// What a settlement does to a carry.
struct CarryLine: Sendable, Hashable, Codable {
    let key: CarryKey
    let before: Int128
    let sinceBefore: Timestamp?
    let after: Int128
    let sinceAfter: Timestamp?
}
