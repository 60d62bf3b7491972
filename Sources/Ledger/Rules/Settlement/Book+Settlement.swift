internal import Money
internal import Settlement
internal import Signing

/// The life of a settlement but for money: advise, confirm, object, withdraw, collect, commit,
/// abort (spec/20 §7.2).
extension Book {
    /// The place of a settlement that an event may happen to.
    ///
    /// Where facts decide, the event passes here if any of them lets it.
    func settlement(_ id: SettlementID, _ event: SettlementEvent?) throws(Fault) -> Int {
        guard let place = nights.settlements.place(id) else {
            throw Fault(.unknownSettlement, at: "settlement", "there is no settlement \(id)")
        }
        let record = nights.settlements.records[place]
        guard let event else { return place }
        guard SettlementLife.next(record.state, event, record.facts) != nil else {
            throw Fault(
                .wrongState,
                at: "settlement",
                "\(event.rawValue) is not for a settlement that is \(record.state.rawValue)"
            )
        }
        return place
    }

    /// Moves a settlement by an event, with the facts that hold after it.
    mutating func move(_ place: Int, _ event: SettlementEvent) {
        let record = nights.settlements.records[place]
        guard let next = SettlementLife.next(record.state, event, record.facts) else { return }
        nights.settlements.change(place) { $0.state = next }
    }

    mutating func advise(_ id: SettlementID, at position: Position) throws(Fault) {
        let place = try settlement(id, .advise)
        let record = nights.settlements.records[place]
        let hours =
            settledDebts(of: id).map {
                registry.agreements[Int($0.debt.agreement)].terms.settlement?.objectionHours ?? 0
            }.max() ?? 0
        let waits = record.revision == 0 ? hours * 3_600_000 : 0
        nights.settlements.change(place) {
            $0.objectionsEnd = position.time.advanced(byMilliseconds: waits)
        }
        move(place, .advise)
    }

    mutating func confirm(
        _ id: SettlementID,
        _ leaf: Digest,
        signer: String,
        at position: Position
    ) throws(Fault) {
        let place = try settlement(id, .confirm)
        let record = nights.settlements.records[place]
        guard let number = record.result.participants.firstIndex(where: { $0.name == signer })
        else {
            throw Fault(.notAParty, at: "partner", "\(signer) takes no part in this settlement")
        }
        guard !record.confirmed.contains(signer) else {
            throw Fault(.alreadySigned, at: "settlement", "\(signer) confirmed before")
        }
        let leaves = leaves(of: record)
        guard leaves.indices.contains(number),
            StatementTree.leafHash(leaves[number]) == leaf
        else {
            throw Fault(.settlementMismatch, at: "leaf", "this is not the leaf of \(signer)")
        }
        nights.settlements.change(place) { $0.confirmed.append(signer) }
    }

    /// The leaves of a settlement, in the order of its participants; none when its window is
    /// forgotten.
    func leaves(of record: SettlementRecord) -> [[UInt8]] {
        guard let window = nights.window(record.id.window, of: record.id.calendar),
            record.state != .aborted, record.state != .refunding
        else { return [] }
        return StatementLeaf(
            id: record.id,
            revision: record.revision,
            window: window,
            result: record.result,
            debts: settledDebts(of: record.id),
            name: registry.name(of:)
        ).all()
    }

    mutating func object(
        _ objection: SettlementObjection,
        signer: String,
        at position: Position
    ) throws(Fault) {
        let place = try settlement(objection.settlement, .object)
        let record = nights.settlements.records[place]
        let threshold = try checkObjection(objection, record, signer, at: position)
        let isSetAside = objection.amount > threshold
        nights.settlements.change(place) {
            $0.objections.append(
                Objection(
                    partner: signer,
                    agreement: objection.agreement,
                    amount: objection.amount,
                    reason: objection.reason,
                    isSetAside: isSetAside
                )
            )
            if isSetAside { $0.isRecalculationDue = true }
        }
        guard isSetAside else { return }
        let debts = settledDebts(of: record.id).filter { $0.agreement == objection.agreement }
        nights.changeWindow(record.id.window, of: record.id.calendar) { window in
            for debt in debts { window.debts[debt.place].leave(as: .objected) }
        }
    }

    /// The guards of an objection; returns the threshold of the agreement.
    private func checkObjection(
        _ objection: SettlementObjection,
        _ record: SettlementRecord,
        _ signer: String,
        at position: Position
    ) throws(Fault) -> Int64 {
        if let end = record.objectionsEnd, position.time >= end {
            throw Fault(.timeRange, at: "settlement", "objections ended at \(end)")
        }
        let debts = settledDebts(of: record.id).filter { $0.agreement == objection.agreement }
        guard !debts.isEmpty,
            let terms = registry.agreement(objection.agreement)?.terms.settlement
        else {
            throw Fault(.unknownAgreement, at: "agreement", "it has no debts in this settlement")
        }
        guard
            debts.contains(where: {
                registry.name(of: $0.debt.debtor) == signer
                    || registry.name(of: $0.debt.creditor) == signer
            })
        else {
            throw Fault(.notAParty, at: "partner", "\(signer) neither owes nor is owed by it")
        }
        guard
            !record.objections.contains(where: {
                $0.partner == signer && $0.agreement == objection.agreement
            })
        else {
            throw Fault(.alreadySigned, at: "agreement", "\(signer) objected before")
        }
        let most = debts.reduce(0) { $0 + Int128($1.minorUnits.magnitude) }
        guard Int128(objection.amount) <= max(1, most) else {
            throw Fault(.amountRange, at: "amount", "the debts of the agreement are \(most)")
        }
        guard record.revision == 0 else {
            throw Fault(.wrongState, at: "settlement", "it was recalculated; that is final")
        }
        return terms.disputeThreshold
    }

    mutating func withdraw(
        _ id: SettlementID,
        _ agreement: Digest,
        signer: String,
        at position: Position
    ) throws(Fault) {
        let place = try settlement(id, nil)
        let record = nights.settlements.records[place]
        guard
            let number = record.objections.firstIndex(where: {
                $0.partner == signer && $0.agreement == agreement && $0.isSetAside
                    && !$0.isWithdrawn
            })
        else {
            throw Fault(
                .unknownPending,
                at: "agreement",
                "no objection of \(signer) keeps debts of this agreement aside"
            )
        }
        nights.settlements.change(place) { $0.objections[number].isWithdrawn = true }
        let version = registry.agreementPlaces[agreement]
        join(id.calendar) {
            $0.status == .objected && $0.agreement == version
        }
    }

    mutating func collect(
        _ id: SettlementID,
        until deadline: Timestamp,
        at position: Position
    ) throws(Fault) {
        let place = try settlement(id, .collect)
        let record = nights.settlements.records[place]
        guard !record.isRecalculationDue else {
            throw Fault(.wrongState, at: "settlement", "an objection asks for a recalculation")
        }
        if let end = record.objectionsEnd, position.time < end, !record.isConfirmed {
            throw Fault(.objectionTime, at: "settlement", "objections may come until \(end)")
        }
        guard deadline >= position.time else {
            throw Fault(.timeRange, at: "deadline", "the deadline is over")
        }
        nights.settlements.change(place) { $0.deadline = deadline }
        move(place, .collect)
        if nights.settlements.records[place].state == .settled { takeEffect(place) }
    }

    mutating func commitSettlement(_ id: SettlementID, at position: Position) throws(Fault) {
        let place = try settlement(id, .commit)
        let record = nights.settlements.records[place]
        if let leg = record.legs.first(where: { !$0.isPayout && $0.open > 0 }) {
            throw Fault(
                .paymentDue,
                at: "settlement",
                "\(leg.payer) still owes \(leg.payee) \(leg.open)"
            )
        }
        move(place, .commit)
        takeEffect(place)
    }

    /// What the point of no return changes: carries, and exposures that are not released yet.
    private mutating func takeEffect(_ place: Int) {
        let record = nights.settlements.records[place]
        nights.settlements.setCarries(record.result.carries, of: record.id)
        release(record.id) { _ in true }
    }

    mutating func abort(
        _ id: SettlementID,
        _ reason: AbortReason,
        at position: Position
    ) throws(Fault) {
        let place = try settlement(id, .abort)
        takeBack(id)
        move(place, .abort)
    }

    mutating func acknowledge(
        _ id: SettlementID,
        _ amount: Int64,
        signer: String,
        at position: Position
    ) throws(Fault) {
        let place = try settlement(id, .acknowledge)
        let record = nights.settlements.records[place]
        let paid = record.legs.indices.filter {
            record.legs[$0].payee == signer && record.legs[$0].amount > 0
                && record.legs[$0].open == 0
        }
        guard !paid.isEmpty else {
            throw Fault(.notAParty, at: "partner", "no payment to \(signer) is complete")
        }
        let open = paid.filter { !record.legs[$0].isAcknowledged }
        guard !open.isEmpty else {
            throw Fault(.alreadySigned, at: "settlement", "\(signer) acknowledged before")
        }
        guard let leg = open.first(where: { record.legs[$0].amount == Int128(amount) }) else {
            throw Fault(
                .paymentAmount,
                at: "amount",
                "\(record.legs[open[0]].amount) was paid"
            )
        }
        nights.settlements.change(place) { $0.legs[leg].isAcknowledged = true }
    }
}

/// What windows and readers ask of settlements.
extension Book {
    /// Whether all settlements of a window have ended for good, so that it need not be kept.
    func hasEnded(_ window: Window) -> Bool {
        window.debts.allSatisfy { $0.status == .released }
            && nights.settlements.areOver(calendar: window.calendar, window: window.number)
    }

    /// Forgets the settlements of a window that is kept no longer.
    mutating func dropSettlements(of window: Window) {
        nights.settlements.forget(calendar: window.calendar, window: window.number)
    }

    /// The partners that pay a payee in a settlement.
    func payers(toward payee: String, in id: SettlementID) -> [String] {
        settlement(id)?.legs.filter { $0.payee == payee && registry.partner($0.payer) != nil }
            .map(\.payer) ?? []
    }

    /// The debtor and the claimants of a claim, by the entry that opened it; nil if there is none.
    func partners(ofClaim entry: UInt64) -> [String]? {
        guard let claim = nights.settlements.claims.first(where: { $0.entry == entry }) else {
            return nil
        }
        return ([claim.debtor] + claim.shares.map(\.claimant)).filter {
            registry.partner($0) != nil
        }
    }
}
