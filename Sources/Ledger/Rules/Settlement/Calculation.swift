internal import Money
internal import Settlement
internal import Signing

/// From rounded debts to legs: gathers what `Settlement` nets, and keeps what it gives
/// (spec/20 §6).
struct Calculation {
    /// The settlement that is calculated.
    let id: SettlementID
    /// In the order of spec/20 §6.
    let debts: [CalculatedDebt]
    /// What earlier settlements carried.
    let carried: [CarryRecord]
    /// The cut-off of the window.
    let cutoff: Timestamp
    /// The network's policy, or nil.
    let policy: NetworkPolicy?
    /// The partners of debts and carries that are closed.
    let closed: Set<String>
    /// The name of a participant's place.
    let name: (Int32) -> String

    /// What is to be paid, and what it is made of; root and size are not known yet.
    func result() throws(SettlementError) -> SettlementResult {
        let netting = try Netting(
            model: id.model,
            currency: id.currency,
            obligations: obligations,
            carriedIn: carried.map { carry in
                Carry(
                    participant: carry.key.first,
                    counterparty: carry.key.second,
                    minorUnits: oriented(carry.amount),
                    since: carry.since.milliseconds
                )
            },
            policy: NettingPolicy(
                minimumPayment: Int128(policy?.minimumPayment ?? 0),
                carryMaxDays: Int32(clamping: policy?.carryMaxDays ?? 0),
                cutoff: cutoff.milliseconds
            ),
            closed: closed
        )
        let mode: PaymentPlan.Mode = policy?.plan == .direct ? .direct : .account
        let payments = try netting.payments(mode: mode).payments
        // What moves between two accounts of the operator is no leg.
        let legs = payments.filter { !$0.payer.contains("/") || !$0.payee.contains("/") }
            .map { SettlementLeg(payer: $0.payer, payee: $0.payee, amount: $0.minorUnits) }
            .sorted { $0.place < $1.place }
        let participants = participants(netting, legs)
        return SettlementResult(
            figures: figures(netting, participants: participants.count, legs),
            participants: participants,
            carries: carries(netting),
            legs: legs
        )
    }

    /// A carried amount as `Settlement` signs it: there the debtor of an ordered pair owes it.
    private func oriented(_ amount: Int128) -> Int128 {
        id.model == .gross ? -amount : amount
    }

    /// One obligation for each ordered pair, so that what is negative in sum is turned once.
    private var obligations: [Obligation] {
        var sums: [PairOfPlaces: Int128] = [:]
        var order: [PairOfPlaces] = []
        for debt in debts {
            let pair = PairOfPlaces(debtor: debt.debt.debtor, creditor: debt.debt.creditor)
            if let sum = sums[pair] {
                sums[pair] = sum + debt.minorUnits
            } else {
                sums[pair] = debt.minorUnits
                order.append(pair)
            }
        }
        return order.map {
            Obligation(
                debtor: name($0.debtor),
                creditor: name($0.creditor),
                currency: id.currency,
                minorUnits: sums[$0] ?? 0
            )
        }
    }

    /// Who has a debt or a carry, by name.
    private func participants(
        _ netting: Netting,
        _ legs: [SettlementLeg]
    ) -> [SettlementParticipant] {
        var dues: [String: Int128] = [:]
        for leg in legs {
            dues[leg.payee, default: 0] += leg.amount
            dues[leg.payer, default: 0] -= leg.amount
        }
        var positions: [String: Int128] = [:]
        for line in netting.figures.participants { positions[line.name] = line.net }
        let names =
            debts.flatMap { [name($0.debt.debtor), name($0.debt.creditor)] }
            + carried.flatMap { [$0.key.first, $0.key.second ?? $0.key.first] }
        return Set(names).sorted().map {
            SettlementParticipant(name: $0, position: positions[$0] ?? 0, due: dues[$0] ?? 0)
        }
    }

    private func carries(_ netting: Netting) -> [CarryLine] {
        var before: [CarryKey: CarryRecord] = [:]
        for carry in carried { before[carry.key] = carry }
        return netting.lines.compactMap { line in
            guard line.carriedIn != 0 || line.carriedOut != 0 else { return nil }
            let key = CarryKey(first: line.participant, second: line.counterparty)
            let since = before[key]?.since
            return CarryLine(
                key: key,
                before: oriented(line.carriedIn),
                sinceBefore: since,
                after: oriented(line.carriedOut),
                sinceAfter: line.carriedOut == 0 ? nil : since ?? cutoff
            )
        }
    }

    private func figures(
        _ netting: Netting,
        participants: Int,
        _ legs: [SettlementLeg]
    ) -> SettlementFigures {
        SettlementFigures(
            participants: participants,
            debts: debts.count,
            gross: netting.figures.gross,
            paid: legs.reduce(0) { $1.payee.contains("/") ? $0 : $0 + $1.amount },
            float: netting.floatDue,
            root: .zero,
            size: 0
        )
    }
}

/// A debtor and a creditor.
private struct PairOfPlaces: Hashable {
    let debtor: Int32
    let creditor: Int32
}
