public import Money
public import Settlement
public import Signing

/// A debt as statements show it (spec/20 §9).
public struct SettlementDebtLine: Sendable, Hashable {
    /// The terms hash of the agreement.
    public let agreement: Digest
    /// What it is for.
    public let purpose: DebtPurpose
    /// Who owes.
    public let debtor: String
    /// Whom it is owed to.
    public let creditor: String
    /// The window that posted it.
    public let window: UInt64
    /// The currency of the exact value.
    public let currency: Currency
    /// The exact value in minor units.
    public let value: Quotient
    /// Minor units of the settlement currency for one of the currency.
    public let quote: Quotient
    /// Minor units of the settlement currency, rounded once.
    public let amount: Int128
    /// How it was rounded.
    public let rounding: Rounding
    /// How many entries touched accounts of the agreement in the window.
    public let entries: UInt64
    /// The trail over their indexes (spec/20 §3).
    public let trail: Digest
    /// Whether it was taken from the exposure.
    public let isReleased: Bool
}

/// The statement of one participant, and what proves it (spec/20 §9).
public struct SettlementLeaf: Sendable, Hashable {
    /// Whose it is.
    public let participant: String
    /// The bytes.
    public let bytes: [UInt8]
    /// Its place among the leaves, from 0.
    public let index: Int
    /// How many leaves there are.
    public let count: Int
    /// The hashes that lead from its hash to the root, the lowest first (RFC 6962).
    public let path: [Digest]

    /// SHA-256(0x00 ‖ bytes), which a confirmation names.
    public var hash: Digest { StatementTree.leafHash(bytes) }
}

/// What `settlement.calculate` has to state now, and what it follows from.
public struct SettlementRehearsal: Sendable {
    /// The settlement, with the attempt that is due.
    public let id: SettlementID
    /// The revision that is due.
    public let revision: Int64
    /// Figures, participants, carries and legs.
    public let result: SettlementResult
    /// The debts, in the order of spec/20 §6.
    public let debts: [SettlementDebtLine]
    /// The statements, in the order of the participants.
    public let leaves: [SettlementLeaf]
}

/// Settlements as people and programs read them; nothing here changes anything.
extension Book {
    /// All settlements that are kept, in the order of their first calculation.
    public var settlements: [SettlementRecord] { nights.settlements.records }

    /// A settlement, or nil.
    public func settlement(_ id: SettlementID) -> SettlementRecord? {
        nights.settlements.place(id).map { nights.settlements.records[$0] }
    }

    /// What is carried between settlements, in the order of calendar, model, currency and key.
    public var carries: [CarryRecord] { nights.settlements.carries }

    /// The claims of all defaults, in the order of their entries.
    public var claims: [ClaimRecord] { nights.settlements.claims }

    /// The debts of a settlement, in the order of spec/20 §6; none if it is not known.
    public func debts(in id: SettlementID) -> [SettlementDebtLine] {
        settlement(id) == nil ? [] : settledDebts(of: id).map(line)
    }

    /// The statements of a settlement, in the order of its participants.
    ///
    /// None if the settlement is not known. Complexity: O(debts + legs).
    public func leaves(in id: SettlementID) -> [SettlementLeaf] {
        guard let record = settlement(id) else { return [] }
        return proven(leaves(of: record), record.result)
    }

    /// The statement of one participant, or nil if it takes no part.
    ///
    /// Complexity: O(debts + legs).
    public func leaf(of participant: String, in id: SettlementID) -> SettlementLeaf? {
        leaves(in: id).first { $0.participant == participant }
    }

    /// What `settlement.calculate` has to state now for a window, model and currency.
    ///
    /// The operator's tool signs these figures. A fault says why nothing can be calculated, as the
    /// entry would be told. Complexity: O(debts · log debts).
    public func rehearseCalculation(
        calendar: String,
        window: UInt64,
        model: SettlementModel,
        currency: Currency
    ) throws(Fault) -> SettlementRehearsal {
        let id = SettlementID(
            calendar: calendar,
            window: window,
            model: model,
            currency: currency,
            attempt: 1
        )
        let work = try work(for: id)
        try checkOrder(of: work.id)
        let outcome = try outcome(of: work)
        return SettlementRehearsal(
            id: work.id,
            revision: work.revision,
            result: outcome.result,
            debts: outcome.debts.map(line),
            leaves: proven(outcome.leaves, outcome.result)
        )
    }

    private func proven(_ leaves: [[UInt8]], _ result: SettlementResult) -> [SettlementLeaf] {
        let tree = StatementTree(leaves: leaves.map(StatementTree.leafHash))
        return zip(result.participants, leaves).enumerated().map { number, pair in
            SettlementLeaf(
                participant: pair.0.name,
                bytes: pair.1,
                index: number,
                count: leaves.count,
                path: tree.path(to: number)
            )
        }
    }

    private func line(_ calculated: CalculatedDebt) -> SettlementDebtLine {
        let debt = calculated.debt
        return SettlementDebtLine(
            agreement: calculated.agreement,
            purpose: debt.purpose,
            debtor: registry.name(of: debt.debtor),
            creditor: registry.name(of: debt.creditor),
            window: debt.window,
            currency: debt.currency,
            value: debt.exact,
            quote: calculated.quote,
            amount: calculated.minorUnits,
            rounding: registry.agreements[Int(debt.agreement)].terms.settlement?.moneyRounding
                == .halfUp ? .halfUp : .halfEven,
            entries: debt.entries,
            trail: debt.trail,
            isReleased: debt.status == .released
        )
    }
}
