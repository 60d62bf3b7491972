internal import Signing

/// The kinds and members of rule set 3 (spec/29).
extension Body {
    static func readReconciliation(_ kind: Kind, _ members: inout Members) throws(Fault) -> Body {
        switch kind {
        case .reconciliationCertify:
            return .reconciliationCertify(try Certification(members: &members))
        case .disputeOpen: return .disputeOpen(try DisputeOpening(members: &members))
        default: break
        }
        let dispute = UInt64(try members.required("dispute", Read.units()))
        switch kind {
        case .disputeReject:
            return .disputeReject(
                dispute,
                evidence: try members.required("evidence", Read.digest)
            )
        case .disputeRestate:
            return .disputeRestate(
                dispute,
                amount: try members.required("amount", Read.units(atLeast: 1)),
                evidence: try members.required("evidence", Read.digest)
            )
        case .disputeAccept: return .disputeAccept(dispute)
        default: return .disputeWithdraw(dispute)
        }
    }

    /// The first member of an older kind that a rule set does not know yet, if the entry has one.
    func laterMember(than rules: Int64) -> String? {
        if rules < 2, let member = memberOfRuleSet2 { return member }
        guard rules < 3, case .adjustmentPost(let adjustment) = self else { return nil }
        return adjustment.dispute != nil ? "dispute" : adjustment.breakID == nil ? nil : "break"
    }

    /// The earlier entry from which it follows who may read this one, or nil (spec/11 §1).
    public var readersEntry: UInt64? {
        if case .adjustmentPost = self { return nil }
        return transfersEntry ?? dispute
    }

    /// The entry that opened the dispute which this one is about, or nil.
    public var dispute: UInt64? {
        switch self {
        case .disputeReject(let entry, _), .disputeRestate(let entry, _, _),
            .disputeAccept(let entry), .disputeWithdraw(let entry):
            entry
        case .adjustmentPost(let adjustment): adjustment.dispute
        default: nil
        }
    }
}
