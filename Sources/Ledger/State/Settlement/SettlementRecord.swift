internal import Money
internal import Settlement
internal import Signing

/// A settlement as the state keeps it: figures, life, payments (spec/20 §7).
struct SettlementRecord: Sendable, Hashable, Codable {
    let id: SettlementID
    var state = SettlementState.calculated
    var revision: Int64
    /// An objection above the threshold asks for the one recalculation.
    var isRecalculationDue = false
    /// What was calculated; a recalculation replaces it.
    var result: SettlementResult
    /// The end of the time for objections.
    var objectionsEnd: Timestamp?
    var deadline: Timestamp?
    /// The participants that confirmed, in that order.
    var confirmed: [String] = []
    var objections: [Objection] = []
    /// What is to be paid, by payer and payee.
    var legs: [SettlementLeg]
    /// Entries that claimed a default in it.
    var claims: [UInt64] = []

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

/// What a calculation gives: debts, positions, carries and the root over all statements.
struct SettlementResult: Sendable, Hashable, Codable {
    var figures: SettlementFigures
    /// In the order of spec/20 §6.
    var debts: [CalculatedDebt]
    /// In the order of their names.
    var participants: [SettlementParticipant]
    /// Those with an amount before or after, in the order of their keys.
    var carries: [CarryLine]
    /// The legs as they were calculated, by payer and payee.
    var legs: [SettlementLeg]
}

/// A participant of a settlement.
struct SettlementParticipant: Sendable, Hashable, Codable {
    let name: String
    /// What it is owed less what it owes, in minor units.
    let position: Int128
    /// What it receives less what it pays, in minor units.
    let due: Int128
}

/// A debt as it was calculated: the exact value, its quote, and the one rounding.
struct CalculatedDebt: Sendable, Hashable, Codable {
    let key: DebtKey
    let value: Quotient
    let quote: Quotient
    /// Minor units of the settlement currency.
    let amount: Int128
    /// How many entries touched accounts of the agreement in its window.
    let entries: UInt64
    let trail: Digest
    /// Whether its exact value was taken from the exposure.
    var isReleased = false
}

/// One payment of a settlement (spec/20 §1).
struct SettlementLeg: Sendable, Hashable, Codable {
    let payer: String
    let payee: String
    var amount: Int128
    var paid: Int128 = 0
    var isAcknowledged = false

    /// What is not paid yet.
    var open: Int128 { amount - paid }
    /// Whether the payer is the settlement account or the float, which pay after the commit.
    var isPayout: Bool { payer.contains("/") }
    /// Orders legs by payer and payee.
    var place: (String, String) { (payer, payee) }
}

/// A partner's objection to the debts of an agreement.
struct Objection: Sendable, Hashable, Codable {
    let partner: String
    let agreement: Digest
    let amount: Int64
    let reason: ObjectionReason
    /// Whether the debts of the agreement were set aside for it.
    let isSetAside: Bool
    var isWithdrawn = false
}
