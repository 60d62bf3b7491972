/// The kinds of entry, and who signs and reads each: the one table (spec/11 §1).
public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case genesis
    case rulesActivate = "rules.activate"
    case operatorAdd = "operator.add"
    case operatorRemove = "operator.remove"
    case operatorApprove = "operator.approve"
    case auditorAdmit = "auditor.admit"
    case auditorRemove = "auditor.remove"
    case logKeyAdd = "log.key.add"
    case logKeyRevoke = "log.key.revoke"
    case calendarPublish = "calendar.publish"
    case networkPolicy = "network.policy"
    case partnerInvite = "partner.invite"
    case partnerApply = "partner.apply"
    case partnerAdmit = "partner.admit"
    case partnerSuspend = "partner.suspend"
    case partnerReinstate = "partner.reinstate"
    case partnerClose = "partner.close"
    case partnerRekey = "partner.rekey"
    case partnerAccount = "partner.account"
    case keyAdd = "key.add"
    case keyRevoke = "key.revoke"
    case programDefine = "program.define"
    case programAmend = "program.amend"
    case ratesPublish = "rates.publish"
    case agreementPropose = "agreement.propose"
    case agreementAccept = "agreement.accept"
    case agreementTerminate = "agreement.terminate"
    case memberOpen = "member.open"
    case memberClose = "member.close"
    case transfers
    case transfersCommit = "transfers.commit"
    case transfersVoid = "transfers.void"
    case transfersReverse = "transfers.reverse"
    case limitSet = "limit.set"
    case coverPost = "cover.post"
    case coverDraw = "cover.draw"
    case coverRelease = "cover.release"
    case adjustmentPost = "adjustment.post"
    case settlementClose = "settlement.close"
    case settlementFix = "settlement.fix"
    case settlementFinalise = "settlement.finalise"
    case settlementCalculate = "settlement.calculate"
    case settlementAdvise = "settlement.advise"
    case settlementConfirm = "settlement.confirm"
    case settlementObject = "settlement.object"
    case settlementWithdraw = "settlement.withdraw"
    case settlementCollect = "settlement.collect"
    case settlementPaid = "settlement.paid"
    case settlementCommit = "settlement.commit"
    case settlementAcknowledge = "settlement.acknowledge"
    case settlementAbort = "settlement.abort"
    case claimOpen = "claim.open"
    case claimRecover = "claim.recover"
    case fixingAccept = "fixing.accept"
    case reconciliationCertify = "reconciliation.certify"
    case disputeOpen = "dispute.open"
    case disputeReject = "dispute.reject"
    case disputeRestate = "dispute.restate"
    case disputeAccept = "dispute.accept"
    case disputeWithdraw = "dispute.withdraw"

    /// The first rule set that knows the kind (spec/20, spec/24, spec/29).
    public var rules: Int64 {
        switch self {
        case .settlementClose, .settlementFix, .settlementFinalise, .settlementCalculate,
            .settlementAdvise, .settlementConfirm, .settlementObject, .settlementWithdraw,
            .settlementCollect, .settlementPaid, .settlementCommit, .settlementAcknowledge,
            .settlementAbort, .claimOpen, .claimRecover, .fixingAccept:
            2
        case .reconciliationCertify, .disputeOpen, .disputeReject, .disputeRestate,
            .disputeAccept, .disputeWithdraw:
            3
        default: 1
        }
    }

    /// Whether an entry of this kind may change who logs in: keys, officials, the life of partners.
    public var changesAccess: Bool {
        switch self {
        case .genesis, .operatorAdd, .operatorRemove, .operatorApprove, .auditorAdmit,
            .auditorRemove, .partnerApply, .partnerAdmit, .partnerSuspend, .partnerReinstate,
            .partnerClose, .partnerRekey, .keyAdd, .keyRevoke:
            true
        default: false
        }
    }

    /// Who may sign an entry.
    public enum Signer: String, Sendable, Hashable {
        /// An operator of the network.
        case networkOperator = "operator"
        /// Any active partner.
        case partner
        /// The invited applicant, by the key that the invitation names.
        case applicant
        /// The debtor of the agreement that the entry names.
        case debtor
        /// The creditor of the transfer that the entry names.
        case creditor
        /// An operator, or the partner that the entry is about.
        case operatorOrPartner
    }

    /// Who may read an entry, besides operators and auditors, who read everything.
    public enum Readers: String, Sendable, Hashable {
        /// Everybody.
        case all
        /// The parties of the agreement, pair or obligation.
        case parties
        /// The partner that the entry is about.
        case subject
        /// No partner: operators and auditors alone.
        case officials
    }

    /// One row of the table.
    public struct Rule: Sendable, Hashable {
        /// Who may sign.
        public let signer: Signer
        /// Who may read.
        public let readers: Readers
        /// Whether, with operator threshold 2, it waits for another operator.
        public let fourEyes: Bool
        /// Whether the id window is that of transfers, and not the longer one of everything else.
        public let shortWindow: Bool
    }

    /// The row of this kind.
    public var rule: Rule {
        switch self {
        case .genesis, .calendarPublish, .networkPolicy, .partnerInvite, .operatorApprove:
            Rule(.networkOperator, .all)
        case .rulesActivate, .operatorAdd, .operatorRemove, .auditorAdmit, .auditorRemove,
            .logKeyAdd,
            .logKeyRevoke, .partnerAdmit, .partnerSuspend, .partnerReinstate, .partnerClose,
            .partnerRekey:
            Rule(.networkOperator, .all, fourEyes: true)
        case .partnerApply: Rule(.applicant, .all)
        case .partnerAccount: Rule(.partner, .subject)
        case .keyAdd, .keyRevoke, .programDefine, .programAmend, .ratesPublish: Rule(.partner, .all)
        case .agreementPropose, .agreementAccept, .agreementTerminate, .memberOpen, .memberClose,
            .adjustmentPost, .reconciliationCertify, .disputeOpen, .disputeReject,
            .disputeRestate, .disputeAccept, .disputeWithdraw:
            Rule(.partner, .parties)
        case .transfers: Rule(.debtor, .parties, shortWindow: true)
        case .transfersCommit, .transfersVoid, .transfersReverse:
            Rule(.creditor, .parties, shortWindow: true)
        case .limitSet: Rule(.networkOperator, .subject, fourEyes: true)
        case .coverPost: Rule(.operatorOrPartner, .subject)
        case .coverDraw, .coverRelease: Rule(.networkOperator, .subject)
        default: settlementRule
        }
    }

    /// The rows of rule set 2 (spec/20 §4 to §7, spec/24 §2).
    private var settlementRule: Rule {
        switch self {
        case .settlementClose: Rule(.networkOperator, .officials)
        case .settlementFix, .settlementCommit, .settlementAbort:
            Rule(.networkOperator, .all, fourEyes: true)
        case .settlementConfirm: Rule(.partner, .subject)
        case .settlementObject, .settlementWithdraw, .settlementAcknowledge, .fixingAccept:
            Rule(.partner, .parties)
        case .settlementPaid, .claimRecover: Rule(.networkOperator, .parties)
        default: Rule(.networkOperator, .all)
        }
    }
}

extension Kind.Rule {
    init(
        _ signer: Kind.Signer,
        _ readers: Kind.Readers,
        fourEyes: Bool = false,
        shortWindow: Bool = false
    ) {
        self.signer = signer
        self.readers = readers
        self.fourEyes = fourEyes
        self.shortWindow = shortWindow
    }
}
