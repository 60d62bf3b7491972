internal import Money
internal import Signing

/// The life of partners, their accounts and programs (spec/08 §3, §5).
extension Book {
    mutating func applyForAdmission(
        _ statement: Statement,
        _ keyID: Digest,
        _ region: String,
        _ keys: [OfferedKey],
        at position: Position
    ) throws(Fault) {
        guard let partner = registry.partner(statement.signer) else {
            throw Fault(.unknownSubject, at: "partner", "nobody invited \(statement.signer)")
        }
        guard partner.state == .invited else {
            throw Fault(.wrongState, at: "partner", "\(partner.name) is \(partner.state.rawValue)")
        }
        guard keyID == partner.invitedKey else {
            throw Fault(.wrongSigner, at: "jws.header.kid", "only the invited key may apply")
        }
        guard keys.contains(where: { $0.key.thumbprint == keyID && $0.use == .entries }) else {
            throw Fault(.missingMember, at: "keys", "the invited key is among them, of use entries")
        }
        guard keys.count(where: { $0.use == .recovery }) == 1 else {
            throw Fault(.missingMember, at: "keys", "exactly one recovery key is due")
        }
        try checkKeys(keys, owner: partner.name, statement)
        register(keys, owner: partner.name, at: position)
        change(partner.name) {
            $0.state = .applied
            $0.region = region
        }
    }

    mutating func applyPartner(_ statement: Statement, at position: Position) throws(Fault) {
        switch statement.body {
        case .partnerInvite(let subject, let thumbprint): try invite(subject, thumbprint)
        case .partnerAdmit(let subject): try move(subject, from: [.applied], to: .active)
        case .partnerSuspend(let subject, _): try move(subject, from: [.active], to: .suspended)
        case .partnerReinstate(let subject):
            try move(subject, from: [.suspended], to: .active)
            joinSuspendedDebts(of: subject)
        case .partnerClose(let subject):
            try move(subject, from: [.invited, .applied, .active, .suspended], to: .closed)
            joinSuspendedDebts(of: subject)
        case .partnerRekey(let subject, let keys): try rekey(subject, keys, statement, at: position)
        case .partnerAccount(let currency, let commitment):
            try setAccount(currency, commitment, of: statement.signer, at: position)
        case .programDefine(let program, let scale):
            try define(program, scale, signer: statement.signer)
        case .programAmend(let program, let status):
            try checkProgram(program, signer: statement.signer)
            registry.programs[program]?.status = status
        case .ratesPublish(let rate):
            try checkProgram(rate.program, signer: statement.signer)
            registry.rates[rate.program, default: []].removeAll { $0.validTo <= position.time }
            registry.rates[rate.program, default: []].append(rate)
        default: break
        }
    }

    private mutating func invite(_ subject: String, _ thumbprint: Digest) throws(Fault) {
        try checkNameIsFree(subject)
        guard registry.key(thumbprint) == nil else {
            throw Fault(.keyTaken, at: "thumbprint", "this key entered the ledger before")
        }
        guard registry.partners.count < Limits.partners else {
            throw Fault(
                .invalidValue,
                at: "subject",
                "a ledger has at most \(Limits.partners) partners"
            )
        }
        let place = Int32(registry.partners.count + 1)
        registry.partners.append(
            Partner(name: subject, place: place, state: .invited, invitedKey: thumbprint)
        )
        registry.partnerPlaces[subject] = place
    }

    private mutating func move(
        _ subject: String,
        from states: [Partner.State],
        to state: Partner.State
    ) throws(Fault) {
        guard let partner = registry.partner(subject) else {
            throw Fault(.unknownSubject, at: "subject", "there is no partner \(subject)")
        }
        guard states.contains(partner.state) else {
            throw Fault(.wrongState, at: "subject", "\(subject) is \(partner.state.rawValue)")
        }
        change(subject) { $0.state = state }
    }

    private mutating func rekey(
        _ subject: String,
        _ keys: [OfferedKey],
        _ statement: Statement,
        at position: Position
    ) throws(Fault) {
        guard let partner = registry.partner(subject),
            partner.state == .active || partner.state == .suspended
        else {
            throw Fault(.unknownSubject, at: "subject", "no admitted partner has this name")
        }
        guard keys.count(where: { $0.use == .recovery }) == 1,
            keys.contains(where: { $0.use == .entries })
        else {
            throw Fault(
                .missingMember,
                at: "keys",
                "one recovery key and at least one entries key are due"
            )
        }
        try checkKeys(keys, owner: subject, statement)
        let moment = position.time.advanced(byMilliseconds: Limits.rekeyMilliseconds)
        for place in registry.keyRecords.indices where registry.keyRecords[place].owner == subject {
            if registry.keyRecords[place].holdsUntil == nil {
                registry.keyRecords[place].holdsUntil = moment
            }
        }
        register(keys, owner: subject, at: position, holdsFrom: moment)
    }

    private mutating func setAccount(
        _ currency: Currency,
        _ commitment: Digest,
        of partner: String,
        at position: Position
    ) throws(Fault) {
        guard registry.currencies.contains(currency) else {
            throw Fault(.unknownCurrency, at: "currency", "\(currency) is no settlement currency")
        }
        let moment = position.time.afterBusinessDays(Limits.accountBusinessDays)
        change(partner) {
            $0.accounts.append(
                Account(currency: currency, commitment: commitment, holdsFrom: moment)
            )
        }
    }

    private mutating func define(_ program: String, _ scale: Int64, signer: String) throws(Fault) {
        guard program.hasPrefix(signer + "/") else {
            throw Fault(
                .wrongSigner,
                at: "program",
                "a program id begins with its partner, \(signer)/"
            )
        }
        guard registry.programs[program] == nil else {
            throw Fault(.nameTaken, at: "program", "this program is defined")
        }
        registry.programs[program] = Program(id: program, scale: scale, status: .open)
    }

    private func checkProgram(_ program: String, signer: String) throws(Fault) {
        guard registry.programs[program] != nil, program.hasPrefix(signer + "/") else {
            throw Fault(.unknownProgram, at: "program", "\(signer) has no such program")
        }
    }

    private mutating func change(_ name: String, _ change: (inout Partner) -> Void) {
        guard let place = registry.partnerPlaces[name] else { return }
        change(&registry.partners[Int(place) - 1])
    }
}

extension Timestamp {
    /// Midnight UTC at which so many whole business days, Monday to Friday, have passed after this
    /// day.
    func afterBusinessDays(_ count: Int) -> Timestamp {
        var day = date().days
        var left = count
        while left > 0 {
            day += 1
            // 1970-01-01 was a Thursday: day 2 of every week from there is a Saturday, day 3 a
            // Sunday.
            let weekday = ((day % 7) + 7) % 7
            if weekday != 2, weekday != 3 { left -= 1 }
        }
        return Timestamp(milliseconds: Int64(day + 1) * 86_400_000)
    }
}
