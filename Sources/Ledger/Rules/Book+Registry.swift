internal import Money
internal import Signing

/// The rules of the rare kinds, those that change the registry (spec/08).
///
/// Each rule first guards, then takes effect; nothing here needs the journal, since a guard that
/// fails has changed nothing.
extension Book {
    mutating func applyRare(_ submission: SignedStatement, at position: Position) throws(Fault) {
        let statement = submission.statement
        if waits(statement, at: position) {
            var trial = self
            try trial.takeEffect(submission, at: position, approvedBy: nil)
            registry.pending.append(
                PendingAct(
                    entry: position.index,
                    payload: submission.jws.payload,
                    signer: statement.signer,
                    lapses: position.time.advanced(byMilliseconds: Limits.pendingMilliseconds)
                )
            )
            return
        }
        try takeEffect(submission, at: position, approvedBy: nil)
    }

    /// Whether an act waits for an operator other than its signer.
    private func waits(_ statement: Statement, at position: Position) -> Bool {
        if case .settlementClose(let close) = statement.body {
            return close.isOffCalendar(at: position.time)
        }
        return switch statement.kind {
        case .partnerAccount: true
        case .coverPost: registry.official(statement.signer) == nil
        default: statement.kind.rule.fourEyes && registry.operatorThreshold == 2
        }
    }

    private mutating func takeEffect(
        _ submission: SignedStatement,
        at position: Position,
        approvedBy: String?
    ) throws(Fault) {
        let statement = submission.statement
        switch statement.body {
        case .genesis(let genesis):
            try found(genesis, statement, submission.jws.keyID, at: position)
        case .partnerApply(let region, let keys):
            try applyForAdmission(statement, submission.jws.keyID, region, keys, at: position)
        case .operatorApprove(let entry): try approve(entry, statement, at: position)
        case .keyAdd(let key): try addKey(key, submission, at: position)
        case .keyRevoke(let thumbprint): try revokeKey(thumbprint, submission, at: position)
        case .agreementPropose(let acceptBy, let supersedes, let terms):
            try propose(terms, acceptBy, supersedes, submission, at: position)
        case .memberOpen(let with, let list):
            try openMembers(with, list, submission, at: position)
        default: try takeEffect(statement, at: position)
        }
    }

    /// Acts that may wait for approval, and others that need only their statement.
    private mutating func takeEffect(_ statement: Statement, at position: Position) throws(Fault) {
        switch statement.body {
        case .rulesActivate, .operatorAdd, .operatorRemove, .auditorAdmit, .auditorRemove,
            .logKeyAdd,
            .logKeyRevoke, .calendarPublish, .networkPolicy:
            try applyNetwork(statement, at: position)
        case .partnerInvite, .partnerAdmit, .partnerSuspend, .partnerReinstate, .partnerClose,
            .partnerRekey,
            .partnerAccount, .programDefine, .programAmend, .ratesPublish:
            try applyPartner(statement, at: position)
        case .agreementAccept(let hash): try accept(hash, signer: statement.signer, at: position)
        case .agreementTerminate(let hash, let from):
            try terminate(hash, from: from, signer: statement.signer, at: position)
        case .memberOpenAcceptance(let digest):
            try acceptMembers(digest, signer: statement.signer, at: position)
        case .memberClose(let with, let list):
            try closeMembers(with, list, signer: statement.signer)
        case .limitSet, .coverPost, .coverDraw, .coverRelease, .adjustmentPost:
            try applyMoney(statement, at: position)
        case .reconciliationCertify, .disputeOpen, .disputeReject, .disputeRestate,
            .disputeAccept, .disputeWithdraw:
            try applyReconciliation(statement, at: position)
        default: try applySettlement(statement, at: position)
        }
    }

    private mutating func approve(
        _ entry: UInt64,
        _ statement: Statement,
        at position: Position
    ) throws(Fault) {
        guard let place = registry.pending.firstIndex(where: { $0.entry == entry }) else {
            throw Fault(.unknownPending, at: "entry", "no act of entry \(entry) waits")
        }
        let act = registry.pending[place]
        guard act.lapses > position.time else {
            throw Fault(.unknownPending, at: "entry", "the act lapsed at \(act.lapses)")
        }
        guard act.signer != statement.signer else {
            throw Fault(.selfApproval, at: "partner", "\(act.signer) signed the act itself")
        }
        let pending = try Statement(payload: act.payload)
        if case .operatorRemove(let subject) = pending.body, subject == statement.signer {
            throw Fault(.selfApproval, at: "partner", "the act removes its approver")
        }
        try takeEffect(pending, at: position)
        registry.pending.remove(at: place)
    }
}
