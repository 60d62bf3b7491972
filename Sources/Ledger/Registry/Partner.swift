internal import Signing
internal import Money

/// A partner of the network and where it stands in its life (spec/08 §3).
public struct Partner: Sendable, Hashable, Codable {
    /// The life of a partner.
    public enum State: String, Sendable, Codable {
        case invited, applied, active, suspended, closed
    }

    /// The slug.
    public let name: String
    /// The number by which state records and pairs name it inside this process.
    let place: Int32
    /// Where it stands.
    public internal(set) var state: State
    /// The thumbprint of the key that may apply.
    let invitedKey: Digest
    /// Where its data lives, ISO 3166 (requirement P-18).
    public internal(set) var region: String?
    /// Commitments to payee accounts by currency.
    var accounts: [Account] = []
}

/// A payee account by its salted commitment, and when it holds (requirement S-34).
struct Account: Sendable, Hashable, Codable {
    let currency: Currency
    let commitment: Digest
    let holdsFrom: Timestamp
}

/// An operator or an auditor.
struct Official: Sendable, Hashable, Codable {
    /// What it may do.
    enum Role: String, Sendable, Codable { case networkOperator, auditor }

    let name: String
    let role: Role
    var isActive: Bool
}

/// A programme: points of one kind, and how small their unit is.
public struct Program: Sendable, Hashable, Codable {
    /// The program id, `nordwind/miles`.
    public let id: String
    /// Decimal places of the smallest unit.
    public let scale: Int64
    /// Whether it takes part.
    public internal(set) var status: ProgramStatus
}

/// What the operator allows a partner to owe net in a currency.
struct Limit: Sendable, Hashable, Codable {
    var netDebitCap: Int64?
    var coverPercent: Int64?
}

/// An act that waits for another operator.
struct PendingAct: Sendable, Hashable, Codable {
    let entry: UInt64
    let payload: [UInt8]
    let signer: String
    let lapses: Timestamp
}

/// Pseudonyms that one partner proposed and the other has not accepted yet.
struct MemberProposal: Sendable, Hashable, Codable {
    let digest: Digest
    let entry: UInt64
    let proposer: String
    let with: String
    let members: [UInt128]
    let lapses: Timestamp
}

/// A calendar as last published.
struct Calendar: Sendable, Hashable, Codable {
    let name: String
    var cutoffs: [Timestamp]
    var businessDays: [CivilDate]
}

/// A verifier key of the log and the positions between which it holds.
public struct LogKeyRecord: Sendable, Hashable, Codable {
    /// The C2SP verifier key.
    public let vkey: String
    /// The position that added it.
    public let addedAt: UInt64
    /// The position that revoked it.
    public internal(set) var revokedAt: UInt64?
}
