internal import Money
internal import Settlement
internal import Signing

/// Defaults: cover first, then those that have a net claim on the defaulter (spec/20 §10).
extension Book {
    mutating func openClaim(
        _ id: SettlementID,
        _ debtor: String,
        at position: Position
    ) throws(Fault) {
        let place = try settlement(id, .claimOpen)
        let record = nights.settlements.records[place]
        let open = record.legs.filter { $0.payer == debtor && !$0.isPayout && $0.open > 0 }
        let shortfall = open.reduce(0) { $0 + $1.open }
        guard shortfall > 0 else {
            throw Fault(.paymentAmount, at: "debtor", "\(debtor) has nothing left to pay")
        }
        if let deadline = record.deadline, position.time < deadline {
            throw Fault(.timeRange, at: "settlement", "\(debtor) may pay until \(deadline)")
        }
        let money = Registry.moneyKey(debtor, id.currency)
        let drawn = min(shortfall, Int128(registry.covers[money] ?? 0))
        let losses: [ClaimShare]
        do throws(SettlementError) {
            losses = try shares(of: shortfall - drawn, of: debtor, open, record)
            let legs = try Self.legs(record, without: open, losses, drawn)
            nights.settlements.change(place) {
                $0.legs = legs
                $0.claims.append(position.index)
            }
        } catch {
            throw Fault(.positionRange, at: "debtor", "\(error)")
        }
        if drawn > 0 { registry.covers[money, default: 0] -= Int64(drawn) }
        nights.settlements.claims.append(
            ClaimRecord(
                entry: position.index,
                settlement: id,
                debtor: debtor,
                uncovered: shortfall - drawn,
                shares: losses
            )
        )
        suspendAfterDefault(debtor)
        releaseDebts(of: debtor, in: place)
        move(place, .claimOpen)
    }

    private mutating func suspendAfterDefault(_ debtor: String) {
        guard let place = registry.partnerPlaces[debtor],
            registry.partners[Int(place) - 1].state == .active
        else { return }
        registry.partners[Int(place) - 1].state = .suspended
    }

    /// Who bears an uncovered amount, by name, in proportion to claims on the debtor.
    private func shares(
        of uncovered: Int128,
        of debtor: String,
        _ open: [SettlementLeg],
        _ record: SettlementRecord
    ) throws(SettlementError) -> [ClaimShare] {
        guard uncovered > 0 else { return [] }
        let claims =
            record.id.model == .multilateral
            ? claims(on: debtor, in: record)
            : open.map { ClaimShare(claimant: $0.payee, amount: $0.open) }
                .sorted { $0.claimant < $1.claimant }
        // Claims cover what is uncovered (`DefaultWaterfall` says why); the float is there for
        // what a second claim on one debtor could round away.
        let borne = min(uncovered, claims.reduce(0) { $0 + $1.amount })
        var shares: [ClaimShare] = []
        if borne > 0 {
            let amounts = try LineShare.shares(of: borne, weights: claims.map(\.amount))
            shares = zip(claims, amounts).map { ClaimShare(claimant: $0.claimant, amount: $1) }
        }
        if borne < uncovered {
            let float = PaymentPlan.floatAccount
            let before = shares.first { $0.claimant == float }?.amount ?? 0
            shares.removeAll { $0.claimant == float }
            shares.append(ClaimShare(claimant: float, amount: before + uncovered - borne))
        }
        return shares.filter { $0.amount > 0 }.sorted { $0.claimant < $1.claimant }
    }

    /// The net bilateral claims on a participant, the float's for what was carried among them, less
    /// what earlier claims in the settlement took of them.
    private func claims(on debtor: String, in record: SettlementRecord) -> [ClaimShare] {
        var sums: [String: Int128] = [:]
        for debt in settledDebts(of: record.id) {
            let from = registry.name(of: debt.debt.debtor)
            let to = registry.name(of: debt.debt.creditor)
            if from == debtor { sums[to, default: 0] += debt.minorUnits }
            if to == debtor { sums[from, default: 0] -= debt.minorUnits }
        }
        for carry in record.result.carries where carry.key.first == debtor {
            sums[PaymentPlan.floatAccount, default: 0] += carry.after - carry.before
        }
        for claim in nights.settlements.claims
        where claim.settlement == record.id && claim.debtor == debtor {
            for share in claim.shares { sums[share.claimant, default: 0] -= share.amount }
        }
        return sums.sortedNames.compactMap { name in
            guard let sum = sums[name], sum > 0 else { return nil }
            return ClaimShare(claimant: name, amount: sum)
        }
    }

    /// The legs after a default: those of the defaulter closed, its creditors' dues less.
    private static func legs(
        _ record: SettlementRecord,
        without open: [SettlementLeg],
        _ losses: [ClaimShare],
        _ drawn: Int128
    ) throws(SettlementError) -> [SettlementLeg] {
        var legs = record.legs
        for number in legs.indices where open.contains(where: { $0.place == legs[number].place }) {
            legs[number].amount = legs[number].paid
        }
        let account = PaymentPlan.settlementAccount
        if record.id.model != .multilateral {
            for leg in open {
                let loss = losses.first { $0.claimant == leg.payee }?.amount ?? 0
                legs.add(leg.open - loss, from: account, to: leg.payee)
            }
        } else if open.allSatisfy({ $0.payee == account }) {
            for loss in losses where loss.claimant != PaymentPlan.floatAccount {
                let rest = legs.take(loss.amount, from: account, to: loss.claimant)
                legs.add(rest, from: loss.claimant, to: account)
            }
        } else {
            for payment in try moves(open, losses, drawn) {
                legs.add(payment.minorUnits, from: payment.payer, to: payment.payee)
            }
        }
        return legs.filter { $0.amount != 0 || $0.paid != 0 }.sorted { $0.place < $1.place }
    }

    /// With the direct plan: who bears a loss pays those that the defaulter was to pay.
    private static func moves(
        _ open: [SettlementLeg],
        _ losses: [ClaimShare],
        _ drawn: Int128
    ) throws(SettlementError) -> [PaymentPlan.Payment] {
        var nets: [String: Int128] = [PaymentPlan.settlementAccount: -drawn]
        for leg in open { nets[leg.payee, default: 0] += leg.open }
        for loss in losses { nets[loss.claimant, default: 0] -= loss.amount }
        let dues = nets.sortedNames.map {
            PaymentPlan.Due(participant: $0, minorUnits: nets[$0] ?? 0)
        }
        return try PaymentPlan(mode: .direct, dues: dues).payments
    }

    mutating func recover(_ entry: UInt64, _ amount: Int64, at position: Position) throws(Fault) {
        guard let place = nights.settlements.claims.firstIndex(where: { $0.entry == entry }) else {
            throw Fault(.unknownPending, at: "claim", "entry \(entry) opened no claim")
        }
        let claim = nights.settlements.claims[place]
        guard Int128(amount) <= claim.uncovered - claim.recovered else {
            throw Fault(
                .paymentAmount,
                at: "amount",
                "\(claim.uncovered - claim.recovered) is open of this claim"
            )
        }
        let parts: [Int128]
        do throws(SettlementError) {
            parts = try LineShare.shares(
                of: Int128(amount),
                weights: claim.shares.map { $0.amount - $0.recovered }
            )
        } catch {
            throw Fault(.positionRange, at: "amount", "\(error)")
        }
        for (number, part) in parts.enumerated() {
            nights.settlements.claims[place].shares[number].recovered += part
        }
    }
}

extension [SettlementLeg] {
    /// Adds to a leg, which is made if there is none.
    fileprivate mutating func add(_ amount: Int128, from payer: String, to payee: String) {
        guard amount != 0 else { return }
        if let place = firstIndex(where: { $0.payer == payer && $0.payee == payee }) {
            self[place].amount += amount
        } else {
            append(SettlementLeg(payer: payer, payee: payee, amount: amount))
        }
    }

    /// Takes what is open from a leg, and returns what it could not give.
    fileprivate mutating func take(
        _ amount: Int128,
        from payer: String,
        to payee: String
    ) -> Int128 {
        guard let place = firstIndex(where: { $0.payer == payer && $0.payee == payee }) else {
            return amount
        }
        let taken = Swift.min(amount, self[place].open)
        self[place].amount -= taken
        return amount - taken
    }
}
