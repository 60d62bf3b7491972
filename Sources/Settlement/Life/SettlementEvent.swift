/// What may happen to a settlement, by the kinds of entry that say so (spec/20 §7.1).
public enum SettlementEvent: String, Sendable, Hashable, CaseIterable {
    case calculate, advise, confirm, object, collect, paid
    case claimOpen = "claim.open"
    case commit, acknowledge, abort
}
