internal import Signing

/// Someone who may log in and read: an operator, an auditor, or a partner (spec/08 §7).
public struct Reader: Hashable, Sendable {
    /// As what somebody reads.
    public enum Role: String, Sendable, CaseIterable {
        /// An operator of the network, who reads everything.
        case networkOperator = "operator"
        /// An auditor, who reads everything.
        case auditor
        /// A partner, who reads what it is a party to.
        case partner
    }

    /// As what it reads.
    public let role: Role
    /// The slug.
    public let name: String

    /// A reader of a role and a slug.
    public init(role: Role, name: String) {
        self.role = role
        self.name = name
    }

    /// Whether it may read what has these readers (spec/11 §1).
    ///
    /// Complexity: O(names).
    public func mayRead(_ audience: Book.Audience) -> Bool {
        guard role == .partner else { return true }
        switch audience {
        case .all: return true
        case .names(let names): return names.contains { $0.hasSameBytes(as: name) }
        }
    }
}
