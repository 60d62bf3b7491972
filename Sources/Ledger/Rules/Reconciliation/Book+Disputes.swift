internal import Settlement
internal import Signing

/// The ladder of a dispute (spec/29 §3, R-24).
extension Book {
    mutating func openDispute(
        _ opening: DisputeOpening,
        signer: String,
        at position: Position
    ) throws(Fault) {
        let (terms, settlement) = try disputable(opening.agreement)
        let (debtor, creditor) = (terms.debtor, terms.creditor)
        guard signer.hasSameBytes(as: debtor) || signer.hasSameBytes(as: creditor) else {
            throw Fault(.notAParty, at: "partner", "debtor and creditor dispute")
        }
        guard nights.window(opening.window, of: settlement.calendar) != nil else {
            let name = "\(settlement.calendar)/\(opening.window)"
            throw Fault(.unknownSettlement, at: "window", "no window \(name) is closed and kept")
        }
        guard !reconciliations.isMended(opening.breakID, of: opening.agreement),
            !reconciliations.isDisputed(opening.breakID, of: opening.agreement, by: signer)
        else {
            throw Fault(.alreadySigned, at: "break", "it is mended, or \(signer) disputes it")
        }
        reconciliations.open(
            DisputeRecord(
                entry: position.index,
                agreement: opening.agreement,
                calendar: settlement.calendar,
                window: opening.window,
                breakID: opening.breakID,
                reason: opening.reason,
                opener: signer,
                respondent: signer.hasSameBytes(as: debtor) ? creditor : debtor,
                currency: settlement.settlementCurrency,
                amount: opening.amount,
                changedAt: position.index,
                since: position.time
            )
        )
    }

    /// The terms of an agreement that is bound and settles.
    private func disputable(_ hash: Digest) throws(Fault) -> (Terms, SettlementTerms) {
        guard let version = registry.agreement(hash) else {
            throw Fault(.unknownAgreement, at: "agreement", "no proposal has this terms hash")
        }
        guard version.boundAt != nil else {
            throw Fault(.agreementNotBound, at: "agreement", "not every party has accepted it")
        }
        guard let settlement = version.terms.settlement else {
            throw Fault(.termsContradict, at: "agreement", "these terms settle nothing")
        }
        return (version.terms, settlement)
    }

    mutating func reject(_ entry: UInt64, signer: String, at position: Position) throws(Fault) {
        var dispute = try dispute(entry, of: signer, as: \.respondent)
        let isLast = dispute.rejections + 1 == DisputeLife.rejections
        try move(&dispute, .reject, DisputeLife.Facts(isLastRejection: isLast), at: position)
        dispute.rejections += 1
        reconciliations.change(dispute)
    }

    mutating func restate(
        _ entry: UInt64,
        _ amount: Int64,
        signer: String,
        at position: Position
    ) throws(Fault) {
        var dispute = try dispute(entry, of: signer, as: \.opener)
        try move(&dispute, .restate, DisputeLife.Facts(), at: position)
        guard amount <= dispute.amount else {
            throw Fault(.paymentAmount, at: "amount", "\(dispute.amount) is disputed")
        }
        dispute.amount = amount
        reconciliations.change(dispute)
    }

    mutating func acceptDispute(
        _ entry: UInt64,
        signer: String,
        at position: Position
    ) throws(Fault) {
        var dispute = try dispute(entry, of: signer, as: \.respondent)
        try move(&dispute, .accept, DisputeLife.Facts(), at: position)
        reconciliations.change(dispute)
    }

    mutating func withdrawDispute(
        _ entry: UInt64,
        signer: String,
        at position: Position
    ) throws(Fault) {
        var dispute = try dispute(entry, of: signer, as: \.opener)
        try move(&dispute, .withdraw, DisputeLife.Facts(), at: position)
        reconciliations.change(dispute)
    }

    /// A dispute of the signer, who is the side that may do this.
    ///
    /// To others than its sides it is unknown: an index is easily guessed.
    func dispute(
        _ entry: UInt64,
        of signer: String,
        as side: KeyPath<DisputeRecord, String>
    ) throws(Fault) -> DisputeRecord {
        guard let dispute = reconciliations.dispute(entry),
            dispute.opener.hasSameBytes(as: signer) || dispute.respondent.hasSameBytes(as: signer)
        else {
            throw Fault(.unknownDispute, at: "dispute", "\(signer) has no dispute \(entry)")
        }
        guard dispute[keyPath: side].hasSameBytes(as: signer) else {
            throw Fault(.wrongSigner, at: "partner", "\(dispute[keyPath: side]) signs this")
        }
        return dispute
    }

    /// Leads a dispute on by an event; the time of its state starts anew where the state changes.
    func move(
        _ dispute: inout DisputeRecord,
        _ event: DisputeEvent,
        _ facts: DisputeLife.Facts,
        at position: Position
    ) throws(Fault) {
        guard let next = DisputeLife.next(dispute.state, event, facts) else {
            throw Fault(
                .wrongState,
                at: "dispute",
                "\(event.rawValue) is not for a dispute that is \(dispute.state.rawValue)"
            )
        }
        guard next != dispute.state else { return }
        dispute.state = next
        dispute.changedAt = position.index
        dispute.since = position.time
    }
}
