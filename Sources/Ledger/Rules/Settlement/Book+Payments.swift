internal import Money
internal import Settlement
internal import Signing

/// `settlement.paid`: money that moved, leg by leg, also in part (spec/20 §7.2, S-32).
extension Book {
    mutating func pay(_ payment: SettlementPayment, at position: Position) throws(Fault) {
        let place = try settlement(payment.settlement, .paid)
        let record = nights.settlements.records[place]
        let isRefund = record.state == .refunding
        let number = record.legs.firstIndex { leg in
            isRefund
                ? leg.payee == payment.payer && leg.payer == payment.payee && leg.paid > 0
                : leg.payer == payment.payer && leg.payee == payment.payee
                    && leg.isPayout == (record.state == .committed)
        }
        guard let number else {
            throw Fault(
                .unknownPayment,
                at: "payer",
                "\(payment.payer) has nothing to pay to \(payment.payee) now"
            )
        }
        guard payment.currency == record.id.currency else {
            throw Fault(.unknownCurrency, at: "currency", "\(record.id.currency) is settled")
        }
        let leg = record.legs[number]
        let open = isRefund ? leg.paid : leg.open
        guard Int128(payment.amount) <= open else {
            throw Fault(.paymentAmount, at: "amount", "\(open) is open")
        }
        try checkAccount(payment, at: position)
        nights.settlements.change(place) {
            $0.legs[number].paid += Int128(payment.amount) * (isRefund ? -1 : 1)
        }
        if !isRefund { releaseDebts(of: payment.payer, in: place) }
        move(place, .paid)
    }

    /// Releases what a payer owed, once nothing is open of its legs.
    mutating func releaseDebts(of payer: String, in place: Int) {
        let legs = nights.settlements.records[place].legs
        guard !legs.contains(where: { $0.payer == payer && $0.open > 0 }),
            let debtor = registry.placeOfParticipant(payer)
        else { return }
        release(nights.settlements.records[place].id) { $0.debtor == debtor }
    }

    /// A partner is paid to the account that it committed to, as far as that holds (S-34).
    private func checkAccount(
        _ payment: SettlementPayment,
        at position: Position
    ) throws(Fault) {
        guard let partner = registry.partner(payment.payee) else { return }
        let account = partner.accounts.last {
            $0.currency == payment.currency && $0.holdsFrom <= position.time
        }
        guard let account, account.commitment == payment.account else {
            throw Fault(
                .wrongAccount,
                at: "account",
                account == nil
                    ? "\(payment.payee) has no account in \(payment.currency) that holds"
                    : "the account in force of \(payment.payee) has another commitment"
            )
        }
    }
}

extension Registry {
    /// The place of a partner, or of the operator as a participant; nil for its accounts.
    func placeOfParticipant(_ name: String) -> Int32? {
        name == Self.operatorName ? Self.operatorPlace : partnerPlaces[name]
    }
}
