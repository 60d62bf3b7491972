internal import Settlement
internal import Signing

/// Adjustments that name what they mend: a dispute, or a break (spec/29 §4).
extension Book {
    /// What an adjustment changes beside positions: judged first, done when all guards passed.
    enum AdjustmentLink {
        case dispute(DisputeRecord)
        case mended(BreakLink)
    }

    /// The guards of an adjustment's `dispute` and `break`, and what they lead to.
    func link(
        of adjustment: Adjustment,
        _ agreement: Int32?,
        debtor: String,
        at position: Position
    ) throws(Fault) -> AdjustmentLink? {
        guard let agreement else { return nil }
        let version = registry.agreements[Int(agreement)]
        if let entry = adjustment.dispute {
            return .dispute(
                try adjusted(entry, by: adjustment, of: version, debtor: debtor, at: position)
            )
        }
        guard let breakID = adjustment.breakID, let settlement = version.terms.settlement else {
            return nil
        }
        let sides = [version.terms.debtor, version.terms.creditor]
        guard !reconciliations.isMended(breakID, of: version.hash),
            !sides.contains(where: {
                reconciliations.isDisputed(breakID, of: version.hash, by: $0)
            })
        else { throw Fault(.alreadySigned, at: "break", "this break is mended or disputed") }
        return .mended(
            BreakLink(
                entry: position.index,
                agreement: version.hash,
                calendar: settlement.calendar,
                window: (nights.calendars[settlement.calendar]?.lastNumber ?? 0) + 1,
                breakID: breakID
            )
        )
    }

    private func adjusted(
        _ entry: UInt64,
        by adjustment: Adjustment,
        of version: AgreementVersion,
        debtor: String,
        at position: Position
    ) throws(Fault) -> DisputeRecord {
        var dispute = try dispute(entry, of: debtor, as: \.respondent)
        guard dispute.agreement == version.hash else {
            throw Fault(.unknownDispute, at: "dispute", "it is about another agreement")
        }
        guard adjustment.creditor.hasSameBytes(as: dispute.opener) else {
            throw Fault(.notAParty, at: "creditor", "\(dispute.opener) disputes")
        }
        let isCovered = adjustment.amount == dispute.left
        try move(&dispute, .adjust, DisputeLife.Facts(isCovered: isCovered), at: position)
        guard adjustment.currency == dispute.currency else {
            throw Fault(.unknownCurrency, at: "currency", "\(dispute.currency) is disputed")
        }
        guard adjustment.amount <= dispute.left else {
            throw Fault(.paymentAmount, at: "amount", "\(dispute.left) is left of the dispute")
        }
        dispute.adjusted += adjustment.amount
        return dispute
    }

    /// Does what an adjustment leads to.
    mutating func follow(_ link: AdjustmentLink?) {
        switch link {
        case .dispute(let dispute): reconciliations.change(dispute)
        case .mended(let link): reconciliations.add(link)
        case nil: break
        }
    }
}
