internal import Signing

/// The guards that every entry passes, in their order: ledger, id window, key, signer (spec/13 §2).
extension Book {
    func check(_ submission: SignedStatement, at position: Position) throws(Refusal) {
        do { try guardSubmission(submission, at: position) } catch { throw Refusal(error) }
    }

    private func guardSubmission(_ submission: SignedStatement, at position: Position) throws(Fault)
    {
        let statement = submission.statement
        if statement.kind == .genesis {
            guard position.index == 0, registry.ledger == nil else {
                throw Fault(.genesisExists, at: "kind", "this ledger has its genesis")
            }
            return
        }
        guard let ledger = registry.ledger else {
            throw Fault(.genesisMissing, at: "kind", "the first entry of a ledger is its genesis")
        }
        try checkRules(of: statement, at: position)
        guard statement.place == .ledger(ledger) else {
            throw Fault(.wrongLedger, at: "ledger", "this ledger is \(ledger.base64URL)")
        }
        try checkWindow(of: statement, at: position.time)
        if case .partnerApply = statement.body { return }
        try checkKey(submission, at: position)
        try checkSigner(statement)
    }

    /// Kinds and members of a later rule set are unknown to the one that holds (spec/01 §1).
    private func checkRules(of statement: Statement, at position: Position) throws(Fault) {
        let rules = registry.rules(at: position.index)
        guard rules < Limits.rules.upperBound else { return }
        guard statement.kind.rules <= rules else {
            let kind = statement.kind.rawValue
            throw Fault(
                .unknownKind,
                detail: "laterRules",
                at: "kind",
                "rule set \(rules) has no kind \(kind)"
            )
        }
        if let member = statement.body.laterMember(than: rules) {
            throw Fault(
                .unknownMember,
                detail: "laterRules",
                at: member,
                "rule set \(rules) has no such member"
            )
        }
    }

    private func checkWindow(of statement: Statement, at time: Timestamp) throws(Fault) {
        let window =
            statement.kind.rule.shortWindow ? registry.transferWindow : registry.otherWindow
        let moment = statement.id.timestamp.milliseconds
        guard moment >= time.milliseconds - window * 1_000,
            moment <= time.milliseconds + Limits.idLeadMilliseconds
        else {
            throw Fault(
                .idWindow,
                at: "id",
                "its time \(statement.id.timestamp) is not within \(window) s before and 60 s after \(time)"
            )
        }
    }

    private func checkKey(_ submission: SignedStatement, at position: Position) throws(Fault) {
        guard let record = registry.key(submission.jws.keyID) else {
            throw Fault(
                .unknownKey,
                at: "jws.header.kid",
                "no key of this thumbprint was ever registered"
            )
        }
        if let moment = record.holdsFrom, moment > position.time {
            throw Fault(.keyNotYetValid, at: "jws.header.kid", "this key holds from \(moment)")
        }
        if let revoked = record.revokedAt {
            throw Fault(
                .keyRevoked,
                at: "jws.header.kid",
                "this key was revoked at entry \(revoked)"
            )
        }
        if let moment = record.holdsUntil, moment <= position.time {
            throw Fault(.keyRevoked, at: "jws.header.kid", "this key was replaced at \(moment)")
        }
        let statement = submission.statement
        guard record.owner == statement.signer else {
            throw Fault(.wrongSigner, at: "partner", "the key belongs to \(record.owner)")
        }
        let isKeyAct = statement.kind == .keyAdd || statement.kind == .keyRevoke
        guard record.use == .entries || (record.use == .recovery && isKeyAct) else {
            throw Fault(
                .wrongKeyUse,
                at: "jws.header.kid",
                "a key of use \(record.use.rawValue) may not sign this"
            )
        }
    }

    private func checkSigner(_ statement: Statement) throws(Fault) {
        let signer = statement.signer
        let official = registry.official(signer)
        let state = registry.state(of: signer)
        switch statement.kind.rule.signer {
        case .networkOperator:
            guard let official, official.role == .networkOperator else {
                throw Fault(.wrongSigner, at: "partner", "only an operator signs this")
            }
            guard official.isActive else {
                throw Fault(.signerNotActive, at: "partner", "\(signer) was removed")
            }
        case .operatorOrPartner where official != nil:
            guard official?.role == .networkOperator else {
                throw Fault(
                    .wrongSigner,
                    at: "partner",
                    "only an operator or the partner itself signs this"
                )
            }
            guard official?.isActive == true else {
                throw Fault(.signerNotActive, at: "partner", "\(signer) was removed")
            }
        case .partner
        where official != nil && (statement.kind == .keyAdd || statement.kind == .keyRevoke):
            guard official?.isActive == true else {
                throw Fault(.signerNotActive, at: "partner", "\(signer) was removed")
            }
        case .partner, .debtor, .creditor, .operatorOrPartner, .applicant:
            guard let state else {
                throw Fault(.wrongSigner, at: "partner", "only a partner signs this")
            }
            guard state == .active || state == .suspended else {
                throw Fault(.signerNotActive, at: "partner", "\(signer) is \(state.rawValue)")
            }
        }
    }
}
