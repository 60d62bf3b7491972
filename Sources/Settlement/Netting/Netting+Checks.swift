internal import Money

extension Netting {
    static func check(
        _ obligation: Obligation,
        _ currency: Currency
    ) throws(SettlementError) {
        guard obligation.currency == currency else {
            throw .mixedCurrencies(currency, obligation.currency)
        }
        guard obligation.debtor != obligation.creditor else { throw .ownDebt(obligation.debtor) }
        guard SettlementLimits.allows(obligation.minorUnits) else {
            throw .range(debtor: obligation.debtor, creditor: obligation.creditor)
        }
    }

    /// The carried amounts in the order of lines, each as the participant of its line sees it.
    static func checked(
        _ carries: [Carry],
        _ model: SettlementModel
    ) throws(SettlementError) -> [Carry] {
        var turned: [Carry] = []
        for carry in carries {
            guard SettlementLimits.allows(carry.minorUnits) else {
                throw .range(debtor: carry.participant, creditor: carry.counterparty ?? "all")
            }
            guard (carry.counterparty == nil) == (model == .multilateral) else {
                throw .carryOfAnotherModel(carry.participant)
            }
            guard carry.counterparty != carry.participant else { throw .ownDebt(carry.participant) }
            turned.append(carry.turned(for: model))
        }
        turned.sort { $0.place < $1.place }
        for (one, next) in zip(turned, turned.dropFirst()) where one.place == next.place {
            throw .duplicateParticipant(one.participant)
        }
        return turned.filter { $0.minorUnits != 0 }
    }

    /// What must hold of every netting, checked before it is used.
    func checkSums() throws(SettlementError) {
        let nets = figures.participants.reduce(0) { $0 + $1.net }
        guard nets == 0 else { throw .sumNotZero(nets) }
        guard model == .multilateral else { return }
        let lineNets = lines.reduce(0) { $0 + $1.net }
        guard lineNets == 0 else { throw .sumNotZero(lineNets) }
        let carried = lines.reduce(0) { $0 + $1.carriedOut } + floatCarriedOut
        guard carried == 0 else { throw .sumNotZero(carried) }
    }
}

extension Carry {
    /// What orders carried amounts and lines.
    var place: (String, String) { (participant, counterparty ?? "") }

    /// The same amount as the participant of its line sees it: of a pair the first by name.
    func turned(for model: SettlementModel) -> Carry {
        guard let counterparty, model == .bilateral, counterparty < participant else { return self }
        return Carry(
            participant: counterparty,
            counterparty: participant,
            minorUnits: -minorUnits,
            since: since
        )
    }
}
