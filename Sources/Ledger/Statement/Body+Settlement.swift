internal import Money
internal import Signing

/// The kinds and members of rule set 2 (spec/20, spec/24).
extension Body {
    static func readSettlement(_ kind: Kind, _ members: inout Members) throws(Fault) -> Body {
        switch kind {
        case .settlementClose: .settlementClose(try SettlementClose(members: &members))
        case .settlementFix:
            .settlementFix(try SettlementFix(members: &members, takesFixing: true))
        case .settlementFinalise:
            .settlementFinalise(try SettlementFix(members: &members, takesFixing: false))
        case .settlementCalculate:
            .settlementCalculate(try SettlementCalculate(members: &members))
        case .settlementObject: .settlementObject(try SettlementObjection(members: &members))
        case .settlementPaid: .settlementPaid(try SettlementPayment(members: &members))
        case .claimRecover:
            .claimRecover(
                claim: UInt64(try members.required("claim", Read.units())),
                amount: try members.required("amount", Read.units(atLeast: 1)),
                evidence: try members.required("evidence", Read.digest)
            )
        case .fixingAccept:
            .fixingAccept(
                agreement: try members.required("agreement", Read.digest),
                fixing: try members.required("fixing", Read.digest)
            )
        default:
            try readStep(
                kind,
                of: try members.required("settlement", Read.settlement),
                &members
            )
        }
    }

    /// A step of a settlement, with few members beside its name.
    private static func readStep(
        _ kind: Kind,
        of id: SettlementID,
        _ members: inout Members
    ) throws(Fault) -> Body {
        switch kind {
        case .settlementConfirm:
            .settlementConfirm(id, leaf: try members.required("leaf", Read.digest))
        case .settlementWithdraw:
            .settlementWithdraw(id, agreement: try members.required("agreement", Read.digest))
        case .settlementCollect:
            .settlementCollect(id, deadline: try members.required("deadline", Read.time))
        case .settlementCommit: .settlementCommit(id)
        case .settlementAcknowledge:
            .settlementAcknowledge(id, amount: try members.required("amount", Read.units()))
        case .settlementAbort:
            .settlementAbort(
                id,
                reason: try members.required("reason", Read.choice(AbortReason.self))
            )
        case .claimOpen:
            .claimOpen(id, debtor: try members.required("debtor", Read.slug))
        default: .settlementAdvise(id)
        }
    }

    /// The first member of an older kind that rule set 2 brought, if the entry has one.
    var memberOfRuleSet2: String? {
        switch self {
        case .transfers(let transfers): transfers.fixing == nil ? nil : "fixing"
        case .networkPolicy(let policy):
            policy.plan != nil ? "plan" : policy.fixing != nil ? "fixing" : nil
        default: nil
        }
    }

    /// The settlement that the entry names, or nil.
    public var settlement: SettlementID? {
        switch self {
        case .settlementCalculate(let figures): figures.settlement
        case .settlementObject(let objection): objection.settlement
        case .settlementPaid(let payment): payment.settlement
        case .settlementAdvise(let id), .settlementConfirm(let id, _),
            .settlementWithdraw(let id, _), .settlementCollect(let id, _),
            .settlementCommit(let id), .settlementAcknowledge(let id, _),
            .settlementAbort(let id, _), .claimOpen(let id, _):
            id
        default: nil
        }
    }
}
