/// How the debts of a window are set off before anything is paid (S-06).
public enum SettlementModel: String, Sendable, Hashable, Codable, CaseIterable {
    /// Each participant pays or receives what remains against all others.
    case multilateral
    /// Each two participants pay what remains between them.
    case bilateral
    /// Each pays each what it owes; nothing is set off.
    case gross
}
