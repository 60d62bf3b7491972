public import Settlement
public import Signing

/// A settlement as the state keeps it: figures, life, payments (spec/20 §7).
public struct SettlementRecord: Sendable, Hashable, Codable {
    /// Its name.
    public let id: SettlementID
    /// Where it stands.
    public internal(set) var state = SettlementState.calculated
    /// 0, or 1 after the recalculation.
    public let revision: Int64
    /// The entry that calculated it.
    public let calculatedAt: UInt64
    /// An objection above the threshold asks for the one recalculation.
    public internal(set) var isRecalculationDue = false
    /// What was calculated; a recalculation replaces it.
    public internal(set) var result: SettlementResult
    /// The end of the time for objections, once it was advised.
    public internal(set) var objectionsEnd: Timestamp?
    /// Until when payers may pay before their default can be claimed.
    public internal(set) var deadline: Timestamp?
    /// The participants that confirmed their statements, in that order.
    public internal(set) var confirmed: [String] = []
    /// The objections, in their order.
    public internal(set) var objections: [Objection] = []
    /// What is to be paid, by payer and payee; defaults change it.
    public internal(set) var legs: [SettlementLeg]
    /// Entries that claimed a default in it.
    public internal(set) var claims: [UInt64] = []

    /// The facts that choose the next state.
    var facts: SettlementLife.Facts {
        SettlementLife.Facts(
            isRecalculationDue: isRecalculationDue,
            hasOpenLegs: legs.contains { $0.open > 0 },
            hasClaim: !claims.isEmpty,
            holdsMoney: legs.contains { $0.paid > 0 }
        )
    }
}

/// What a calculation gives: positions, carries, legs and the root over all statements.
///
/// Its debts stand in their window, each with its amount.
public struct SettlementResult: Sendable, Hashable, Codable {
    /// What the operator signs.
    public internal(set) var figures: SettlementFigures
    /// The participants, in the order of their names.
    public let participants: [SettlementParticipant]
    /// Carries with an amount before or after, in the order of their keys.
    public let carries: [CarryLine]
    /// The legs as they were calculated, by payer and payee.
    public let legs: [SettlementLeg]
}

/// A participant of a settlement.
public struct SettlementParticipant: Sendable, Hashable, Codable {
    /// A partner, or `operator`.
    public let name: String
    /// What it is owed less what it owes, in minor units.
    public let position: Int128
    /// What it receives less what it pays, in minor units.
    public let due: Int128
}

/// One payment of a settlement (spec/20 §1).
public struct SettlementLeg: Sendable, Hashable, Codable {
    /// A participant, `operator/settlement` or `operator/float`.
    public let payer: String
    /// A participant, `operator/settlement` or `operator/float`.
    public let payee: String
    /// What is to be paid, in minor units.
    public internal(set) var amount: Int128
    /// What was paid of it, in minor units.
    public internal(set) var paid: Int128 = 0
    /// Whether the payee signed that it has the money (S-34).
    public internal(set) var isAcknowledged = false

    /// What is not paid yet, in minor units.
    public var open: Int128 { amount - paid }
    /// Whether the settlement account or the float pays it, which happens after the commit.
    public var isPayout: Bool { payer.contains("/") }

    init(payer: String, payee: String, amount: Int128) {
        self.payer = payer
        self.payee = payee
        self.amount = amount
    }

    /// Orders legs by payer and payee.
    var place: (String, String) { (payer, payee) }
}

extension SettlementRecord {
    /// Whether all participants but the operator have confirmed.
    var isConfirmed: Bool {
        result.participants.allSatisfy { participant in
            participant.name.hasSameBytes(as: Registry.operatorName)
                || confirmed.contains { $0.hasSameBytes(as: participant.name) }
        }
    }
}

/// A partner's objection to the debts of an agreement.
public struct Objection: Sendable, Hashable, Codable {
    /// Who objects.
    public let partner: String
    /// The terms hash of the agreement.
    public let agreement: Digest
    /// What is disputed, in minor units.
    public let amount: Int64
    /// Why.
    public let reason: SettlementObjection.Reason
    /// Whether the debts of the agreement were set aside for it.
    public let isSetAside: Bool
    /// Whether it was withdrawn, so that its debts joined a later window.
    public internal(set) var isWithdrawn = false
}
