internal import Signing

/// Genesis, rules, operators, auditors, log keys, calendars and policy (spec/08 §1, §2).
extension Book {
    mutating func found(
        _ genesis: Genesis,
        _ statement: Statement,
        _ keyID: Digest,
        at position: Position
    ) throws(Fault) {
        guard case .origin(let origin) = statement.place else {
            throw Fault(.missingMember, at: "origin", "this member must be there")
        }
        try Self.checkKnown(genesis.rules)
        guard let founder = genesis.operators.first(where: { $0.name == statement.signer }),
            founder.keys.contains(where: { $0.key.thumbprint == keyID && $0.use == .entries })
        else {
            throw Fault(
                .wrongSigner,
                at: "partner",
                "a founding operator signs the genesis with its entries key"
            )
        }
        try Self.checkVerifierKey(genesis.logKey, origin, at: "logKey")
        var next = registry
        next.ledger = position.ledger
        next.rules = genesis.rules
        next.origin = origin
        next.operatorThreshold = genesis.operatorThreshold
        next.transferWindow = genesis.transferWindowSeconds
        next.otherWindow = genesis.otherWindowSeconds
        next.currencies = genesis.currencies
        next.publicEntries = genesis.publicEntries
        next.logKeys = [LogKeyRecord(vkey: genesis.logKey, addedAt: 0, revokedAt: nil)]
        let trial = self
        registry = next
        do throws(Fault) {
            for (index, official) in genesis.operators.enumerated() {
                do throws(Fault) {
                    try addOfficial(
                        official.name,
                        .networkOperator,
                        official.keys,
                        statement,
                        at: position
                    )
                } catch {
                    throw error.under("operators[\(index)]")
                }
            }
        } catch {
            self = trial
            throw error
        }
    }

    mutating func applyNetwork(_ statement: Statement, at position: Position) throws(Fault) {
        switch statement.body {
        case .rulesActivate(let rules, let from):
            try activate(rules, from: from, at: position)
        case .operatorAdd(let subject, let keys):
            try addOfficial(subject, .networkOperator, keys, statement, at: position)
        case .auditorAdmit(let subject, let keys):
            try addOfficial(subject, .auditor, keys, statement, at: position)
        case .operatorRemove(let subject):
            try removeOfficial(subject, .networkOperator, at: position)
        case .auditorRemove(let subject): try removeOfficial(subject, .auditor, at: position)
        case .logKeyAdd(let vkey):
            guard !registry.logKeys.contains(where: { $0.vkey == vkey }) else {
                throw Fault(.keyTaken, at: "vkey", "this key of the log is registered")
            }
            try Self.checkVerifierKey(vkey, registry.origin, at: "vkey")
            registry.logKeys.append(
                LogKeyRecord(vkey: vkey, addedAt: position.index, revokedAt: nil)
            )
        case .logKeyRevoke(let vkey): try revokeLogKey(vkey, at: position)
        case .calendarPublish(let publication): try publish(publication, at: position)
        case .networkPolicy(let policy):
            if let fee = policy.fee, !registry.currencies.contains(fee.currency) {
                throw Fault(
                    .unknownCurrency,
                    at: "fee.currency",
                    "\(fee.currency) is no settlement currency"
                )
            }
            fixings.follow(policy.fixing, after: registry.policy?.fixing)
            registry.policy = policy
        default: break
        }
    }

    private static func checkKnown(_ rules: Int64) throws(Fault) {
        guard Limits.rules.contains(rules) else {
            let known = "\(Limits.rules.lowerBound) to \(Limits.rules.upperBound)"
            throw Fault(.unsupportedRules, at: "rules", "this software knows rule sets \(known)")
        }
    }

    private mutating func activate(
        _ rules: Int64,
        from: UInt64,
        at position: Position
    ) throws(Fault) {
        guard from > position.index else {
            throw Fault(
                .timeRange,
                at: "from",
                "a rule set starts at a later position than \(position.index)"
            )
        }
        try Self.checkKnown(rules)
        let present = registry.rules(at: position.index)
        guard rules >= present else {
            throw Fault(.invalidValue, at: "rules", "rule set \(present) holds; none goes back")
        }
        registry.rules = present
        registry.rulesChange = Registry.RulesChange(rules: rules, from: from)
    }

    /// The form of a verifier key, as far as state records need it; VerifiableLog reads it whole.
    private static func checkVerifierKey(
        _ text: String,
        _ origin: String,
        at place: String
    ) throws(Fault) {
        guard text.hasPrefix(origin + "+"), text.utf8.count <= 512,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        else {
            throw Fault(
                .invalidValue,
                at: place,
                "a verifier key of this log is visible ASCII and begins with \(origin)+"
            )
        }
    }

    private mutating func addOfficial(
        _ name: String,
        _ role: Official.Role,
        _ keys: [OfferedKey],
        _ statement: Statement,
        at position: Position
    ) throws(Fault) {
        try checkNameIsFree(name)
        guard keys.contains(where: { $0.use == .entries || role == .auditor && $0.use == .access })
        else {
            throw Fault(.missingMember, at: "keys", "at least one key that signs is due")
        }
        try checkKeys(keys, owner: name, statement)
        registry.officials.append(Official(name: name, role: role, isActive: true))
        register(keys, owner: name, at: position)
    }

    private mutating func removeOfficial(
        _ name: String,
        _ role: Official.Role,
        at position: Position
    ) throws(Fault) {
        guard
            let place = registry.officials.firstIndex(where: { $0.name == name && $0.role == role })
        else {
            throw Fault(
                .unknownSubject,
                at: "subject",
                "there is no such \(role == .auditor ? "auditor" : "operator")"
            )
        }
        guard registry.officials[place].isActive else {
            throw Fault(.wrongState, at: "subject", "\(name) was removed before")
        }
        if role == .networkOperator {
            let left = registry.officials.count { $0.role == .networkOperator && $0.isActive } - 1
            guard left >= registry.operatorThreshold else {
                throw Fault(
                    .lastOfKind,
                    at: "subject",
                    "\(registry.operatorThreshold) operators must remain"
                )
            }
        }
        registry.officials[place].isActive = false
        for key in registry.keyRecords.indices
        where registry.keyRecords[key].owner == name && registry.keyRecords[key].revokedAt == nil {
            registry.keyRecords[key].revokedAt = position.index
        }
    }

    private mutating func revokeLogKey(_ vkey: String, at position: Position) throws(Fault) {
        guard
            let place = registry.logKeys.firstIndex(where: {
                $0.vkey == vkey && $0.revokedAt == nil
            })
        else {
            throw Fault(.unknownSubject, at: "vkey", "no key of the log that holds has this text")
        }
        guard registry.logKeys.count(where: { $0.revokedAt == nil }) > 1 else {
            throw Fault(.lastOfKind, at: "vkey", "a log keeps at least one key")
        }
        registry.logKeys[place].revokedAt = position.index
    }

    /// A calendar is extended, and its past is not rewritten.
    private mutating func publish(
        _ publication: CalendarPublication,
        at position: Position
    ) throws(Fault) {
        let today = position.time.date()
        guard let cutoff = publication.cutoffs.first, cutoff > position.time else {
            throw Fault(
                .timeRange,
                at: "cutoffs[0]",
                "a cut-off lies after the entry's time \(position.time)"
            )
        }
        guard let day = publication.businessDays.first, day >= today else {
            throw Fault(.timeRange, at: "businessDays[0]", "a business day is not before \(today)")
        }
        let old = registry.calendars[publication.calendar]
        registry.calendars[publication.calendar] = Calendar(
            name: publication.calendar,
            cutoffs: (old?.cutoffs ?? []).filter { $0 <= position.time } + publication.cutoffs,
            businessDays: (old?.businessDays ?? []).filter { $0 < today } + publication.businessDays
        )
    }
}
