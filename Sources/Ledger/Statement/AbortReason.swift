/// Why a settlement is given up (spec/20 §7.2).
public enum AbortReason: String, Sendable, Codable, CaseIterable {
    case error
    case default_ = "default"
    case dispute, regulator
}
