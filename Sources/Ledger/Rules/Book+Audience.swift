public import Signing

/// Who may read: the logins of the registry, and the readers of each entry (spec/08 §7, spec/11
/// §1).
///
/// The one table is `Kind.rule.readers`; here its words become names. What an entry's readers are
/// never changes after it took effect, so an answer may be kept.
extension Book {
    /// Who may read an entry, besides operators and auditors, who read everything.
    public enum Audience: Hashable, Sendable {
        /// Every partner.
        case all
        /// The partners of these slugs, each once.
        case names([String])
    }

    /// Who logs in with a key at a moment, or nil if nobody may.
    ///
    /// The key is registered, of use `access`, and holds; its owner is an operator or auditor that
    /// was not removed, or a partner that is active or suspended.
    public func reader(of thumbprint: Digest, at moment: Timestamp) -> Reader? {
        access(of: thumbprint)?.reader(at: moment)
    }

    /// What a key gives as of the entries so far, or nil if it gives nothing.
    public func access(of thumbprint: Digest) -> Access? {
        guard let key = registry.key(thumbprint), key.use == .access, key.revokedAt == nil,
            let reader = reader(named: key.owner)
        else { return nil }
        return Access(
            key: key.key,
            reader: reader,
            holdsFrom: key.holdsFrom,
            holdsUntil: key.holdsUntil
        )
    }

    private func reader(named name: String) -> Reader? {
        if let official = registry.official(name) {
            guard official.isActive else { return nil }
            switch official.role {
            case .networkOperator: return Reader(role: .networkOperator, name: official.name)
            case .auditor: return Reader(role: .auditor, name: official.name)
            }
        }
        guard let partner = registry.partner(name) else { return nil }
        switch partner.state {
        case .active, .suspended: return Reader(role: .partner, name: partner.name)
        case .invited, .applied, .closed: return nil
        }
    }

    /// Who may read an entry that took effect, by what it says.
    ///
    /// The caller hands out earlier entries, which commits, voids and reversals name. Of a
    /// statement that never took effect only its signer is a reader, where it names what does not
    /// exist.
    ///
    /// Complexity: O(1) lookups, at most two earlier entries.
    public func audience(
        of statement: Statement,
        past: (UInt64) -> PastEntry?
    ) -> Audience {
        switch statement.kind.rule.readers {
        case .all: .all
        case .officials: .names([])
        case .subject: .names([statement.body.subject ?? statement.signer])
        case .parties: .names(parties(of: statement, past: past) ?? [statement.signer])
        }
    }

    private func parties(
        of statement: Statement,
        past: (UInt64) -> PastEntry?
    ) -> [String]? {
        switch statement.body {
        case .agreementPropose(_, _, let terms): terms.parties
        case .agreementAccept(let hash), .agreementTerminate(let hash, _):
            registry.agreement(hash)?.terms.parties
        case .memberOpen(let with, _), .memberClose(let with, _):
            Self.pair(statement.signer, with)
        case .memberOpenAcceptance(let digest):
            proposer(of: digest).map {
                Self.pair($0, statement.signer)
            }
        case .transfers(let transfers): sides(of: transfers.terms)
        case .transfersCommit, .transfersVoid, .transfersReverse:
            statement.body.transfersEntry.flatMap { sides(ofEntry: $0, past: past) }
        case .adjustmentPost(let adjustment): Self.pair(statement.signer, adjustment.creditor)
        case .settlementObject(let objection):
            registry.agreement(objection.agreement)?.terms.parties
        case .settlementWithdraw(_, let agreement), .fixingAccept(let agreement, _):
            registry.agreement(agreement)?.terms.parties
        case .settlementPaid(let payment):
            [payment.payer, payment.payee].filter { registry.partner($0) != nil }
        case .settlementAcknowledge(let id, _):
            [statement.signer] + payers(toward: statement.signer, in: id)
        case .claimRecover(let claim, _, _): partners(ofClaim: claim)
        case .reconciliationCertify(let certification):
            Self.pair(statement.signer, certification.with)
        case .disputeOpen(let opening): sides(of: opening.agreement)
        case .disputeReject(let entry, _), .disputeRestate(let entry, _, _),
            .disputeAccept(let entry), .disputeWithdraw(let entry):
            sides(ofDispute: entry, past: past)
        default: nil
        }
    }

    /// Debtor and creditor of the transfers that an entry holds, or commits.
    private func sides(ofEntry entry: UInt64, past: (UInt64) -> PastEntry?) -> [String]? {
        guard var body = past(entry)?.statement.body else { return nil }
        if case .transfersCommit(let hold, _) = body {
            guard let earlier = past(hold)?.statement.body else { return nil }
            body = earlier
        }
        guard case .transfers(let transfers) = body else { return nil }
        return sides(of: transfers.terms)
    }

    /// Debtor and creditor of the agreement that a dispute is about, by the entry that opened it.
    private func sides(ofDispute entry: UInt64, past: (UInt64) -> PastEntry?) -> [String]? {
        guard case .disputeOpen(let opening)? = past(entry)?.statement.body else { return nil }
        return sides(of: opening.agreement)
    }

    /// Debtor and creditor of an agreement; its funders read the agreement, but not the transfers.
    private func sides(of terms: Digest) -> [String]? {
        registry.agreement(terms).map { Self.pair($0.terms.debtor, $0.terms.creditor) }
    }

    /// The partner that proposed pseudonyms under a digest, while the proposal waits and after it
    /// was accepted.
    private func proposer(of digest: Digest) -> String? {
        if let waiting = registry.memberProposals.first(where: { $0.digest == digest }) {
            return waiting.proposer
        }
        return acceptances.proposer(of: digest).map { registry.name(of: $0) }
    }

    private static func pair(_ left: String, _ right: String) -> [String] {
        left.hasSameBytes(as: right) ? [left] : [left, right]
    }
}

extension Body {
    /// The slug that the member `subject` names, or nil.
    var subject: String? {
        switch self {
        case .operatorAdd(let subject, _), .auditorAdmit(let subject, _),
            .operatorRemove(let subject), .auditorRemove(let subject),
            .partnerInvite(let subject, _), .partnerAdmit(let subject),
            .partnerSuspend(let subject, _), .partnerReinstate(let subject),
            .partnerClose(let subject), .partnerRekey(let subject, _),
            .limitSet(let subject, _, _, _):
            subject
        case .coverPost(let move), .coverDraw(let move), .coverRelease(let move): move.subject
        default: nil
        }
    }
}
