internal import Signing

/// Which data role each side has (requirement P-14).
public struct ControllerRoles: Hashable, Sendable, Codable {
    /// Roles of GDPR articles 4, 26 and 28.
    public enum Role: String, Sendable, Codable, CaseIterable {
        case controller, jointController, processor
    }

    let debtor: Role
    let creditor: Role

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        debtor = try members.required("debtor", Read.choice(Role.self))
        creditor = try members.required("creditor", Read.choice(Role.self))
        try members.finish()
    }
}
