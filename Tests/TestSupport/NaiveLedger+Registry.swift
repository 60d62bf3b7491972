import Signing

/// Who takes part, under which keys, within which limits.
extension NaiveLedger {
    mutating func applyRare(_ submission: Submission, _ place: Place) throws(Fault) {
        let fourEyes = [
            "operator.add", "operator.remove", "partner.admit", "partner.suspend",
            "partner.reinstate", "partner.close",
            "partner.rekey", "limit.set", "rules.activate", "settlement.fix",
        ]
        let isPartner = partners[submission.signer] != nil
        let waits =
            submission.kind == "partner.account" || submission.kind == "cover.post" && isPartner
            || threshold == 2 && fourEyes.contains(submission.kind)
            || submission.kind == "settlement.close" && Self.isOff(submission.payload, place)
        guard waits else { return try takeEffect(submission, place) }
        var trial = self
        try trial.takeEffect(submission, place)
        let lapses = place.time.advanced(byMilliseconds: Self.week)
        pending.append(Pending(entry: place.index, payload: submission.payload, lapses: lapses))
    }

    private mutating func takeEffect(_ submission: Submission, _ place: Place) throws(Fault) {
        let payload = submission.payload
        let subject = payload.text("subject")
        switch submission.kind {
        case "genesis": found(payload, place)
        case "operator.approve": try approve(payload, submission.signer, place)
        case "partner.invite": try invite(subject, payload.text("thumbprint"))
        case "partner.apply": try applyForAdmission(submission, place)
        case "partner.admit": try move(subject, ["applied"], "active")
        case "partner.suspend": try move(subject, ["active"], "suspended")
        case "partner.reinstate": try move(subject, ["suspended"], "active")
        case "partner.close":
            try move(subject, ["invited", "applied", "active", "suspended"], "closed")
        case "partner.rekey": try rekey(subject, payload, place)
        case "partner.account":
            try addAccount(submission, place)
        case "key.add": try addKey(submission, place)
        case "key.revoke": try revokeKey(submission, place)
        case "program.define": try define(payload, submission.signer)
        case "program.amend":
            let program = payload.text("program")
            guard programs[program] != nil, program.hasPrefix(submission.signer + "/") else {
                throw Fault("UnknownProgram")
            }
            programs[program]?.status = payload.text("status")
        case "network.policy": try setPolicy(payload)
        case "limit.set":
            try checkSubject(subject, payload.text("currency"))
            limits[subject + " " + payload.text("currency")] = (
                payload.number("netDebitCap"), payload.number("coverPercent")
            )
        case "cover.post", "cover.draw", "cover.release": try changeCover(submission)
        default: try applyBusiness(submission, place)
        }
    }

    private mutating func found(_ payload: JSONValue, _ place: Place) {
        threshold = payload.number("operatorThreshold") ?? 1
        windows = (
            payload.number("transferWindowSeconds") ?? 0, payload.number("otherWindowSeconds") ?? 0
        )
        currencies = payload["settlementCurrencies"]?.strings ?? []
        logKeys = [payload.text("logKey")]
        rules = payload.number("rules") ?? 1
        origin = payload.text("origin")
        header =
            "\(threshold) "
            + "\(windows.transfers) \(windows.others)"
        header += " \(currencies.joined(separator: ",")) \(payload.flag("publicEntries"))"
        for founder in payload.list("operators") {
            officials[founder.text("operator")] = true
            register(founder.list("keys"), founder.text("operator"), holdsFrom: nil, place)
        }
    }

    private mutating func register(
        _ offered: [JSONValue],
        _ owner: String,
        holdsFrom: Timestamp?,
        _ place: Place
    ) {
        for one in offered {
            let use = one.text("use")
            keys[Self.thumbprint(one)] = Key(
                owner: owner,
                use: use,
                holdsFrom: holdsFrom,
                addedAt: place.index
            )
        }
    }

    private static func thumbprint(_ offered: JSONValue) -> String {
        guard let jwk = offered["key"], let key = try? PublicKey(jwk: jwk) else { return "" }
        return key.thumbprint.base64URL
    }

    private func checkNew(_ offered: [JSONValue]) throws(Fault) {
        for one in offered where keys[Self.thumbprint(one)] != nil { throw Fault("KeyTaken") }
    }

    private mutating func approve(
        _ payload: JSONValue,
        _ signer: String,
        _ place: Place
    ) throws(Fault) {
        let entry = UInt64(payload.number("entry") ?? -1)
        guard let act = pending.first(where: { $0.entry == entry }), act.lapses > place.time else {
            throw Fault("UnknownPending")
        }
        let isOwnRemoval =
            act.payload.text("kind") == "operator.remove" && act.payload.text("subject") == signer
        guard act.payload.text("partner") != signer, !isOwnRemoval else {
            throw Fault("SelfApproval")
        }
        try takeEffect(Submission(payload: act.payload, digest: "", keyID: ""), place)
        pending.removeAll { $0.entry == entry }
    }

    private mutating func invite(_ subject: String, _ thumbprint: String) throws(Fault) {
        guard !["operator", "debtor", "creditor", "member"].contains(subject),
            officials[subject] == nil, partners[subject] == nil
        else {
            throw Fault("NameTaken")
        }
        guard keys[thumbprint] == nil else { throw Fault("KeyTaken") }
        partners[subject] = Partner(
            number: partners.count,
            state: "invited",
            invitedKey: thumbprint
        )
    }

    private mutating func applyForAdmission(_ submission: Submission, _ place: Place) throws(Fault)
    {
        guard let partner = partners[submission.signer] else { throw Fault("UnknownSubject") }
        guard partner.state == "invited" else { throw Fault("WrongState") }
        guard submission.keyID == partner.invitedKey else { throw Fault("WrongSigner") }
        let offered = submission.payload.list("keys")
        try checkNew(offered)
        register(offered, submission.signer, holdsFrom: nil, place)
        partners[submission.signer]?.state = "applied"
        partners[submission.signer]?.region = submission.payload.text("region")
    }

    private mutating func move(_ subject: String, _ from: [String], _ to: String) throws(Fault) {
        guard let partner = partners[subject] else { throw Fault("UnknownSubject") }
        guard from.contains(partner.state) else { throw Fault("WrongState") }
        partners[subject]?.state = to
    }

    private mutating func rekey(
        _ subject: String,
        _ payload: JSONValue,
        _ place: Place
    ) throws(Fault) {
        guard ["active", "suspended"].contains(partners[subject]?.state) else {
            throw Fault("UnknownSubject")
        }
        let offered = payload.list("keys")
        try checkNew(offered)
        let moment = place.time.advanced(byMilliseconds: 72 * 3_600_000)
        for (thumbprint, key) in keys where key.owner == subject && key.holdsUntil == nil {
            keys[thumbprint]?.holdsUntil = moment
        }
        register(offered, subject, holdsFrom: moment, place)
    }

    private mutating func addAccount(_ submission: Submission, _ place: Place) throws(Fault) {
        let currency = submission.payload.text("currency")
        guard currencies.contains(currency) else { throw Fault("UnknownCurrency") }
        var day = place.time.date().days
        var left = 2
        while left > 0 {
            day += 1
            // Day 0 was a Thursday.
            if ![2, 3].contains(day % 7) { left -= 1 }
        }
        let moment = Timestamp(milliseconds: Int64(day + 1) * 86_400_000)
        partners[submission.signer]?.accounts.append(
            "\(currency) \(submission.payload.text("commitment")) \(moment)"
        )
    }

    private mutating func addKey(_ submission: Submission, _ place: Place) throws(Fault) {
        guard let offered = submission.payload["add"] else { throw Fault("MissingMember") }
        let isRecovery = keys[submission.keyID]?.use == "recovery"
        guard isRecovery == (offered.text("use") == "recovery") else { throw Fault("WrongKeyUse") }
        try checkNew([offered])
        register([offered], submission.signer, holdsFrom: nil, place)
        let end = keys[submission.keyID]?.holdsUntil
        keys[Self.thumbprint(offered)]?.holdsUntil = end
        if isRecovery { keys[submission.keyID]?.revokedAt = place.index }
    }

    private mutating func revokeKey(_ submission: Submission, _ place: Place) throws(Fault) {
        let thumbprint = submission.payload.text("thumbprint")
        guard let key = keys[thumbprint], key.owner == submission.signer else {
            throw Fault("UnknownKey")
        }
        guard key.revokedAt == nil else { throw Fault("KeyRevoked") }
        let isRecovery = keys[submission.keyID]?.use == "recovery"
        guard isRecovery || thumbprint == submission.keyID, key.use != "recovery" else {
            throw Fault("WrongKeyUse")
        }
        keys[thumbprint]?.revokedAt = place.index
    }

    private mutating func define(_ payload: JSONValue, _ signer: String) throws(Fault) {
        let program = payload.text("program")
        guard program.hasPrefix(signer + "/") else { throw Fault("WrongSigner") }
        guard programs[program] == nil else { throw Fault("NameTaken") }
        programs[program] = (payload.number("scale") ?? 0, "open")
    }

    private mutating func setPolicy(_ payload: JSONValue) throws(Fault) {
        let plan = payload["plan"] == nil ? "account" : payload.text("plan")
        let rest = "\(payload.number("minimumPayment") ?? 0) \(payload.number("carryMaxDays") ?? 0)"
        guard let rule = payload["fee"], let rate = rule["perItem"] else {
            self.plan = plan
            fee = nil
            policy = "- - \(rest)"
            return
        }
        guard currencies.contains(rule.text("currency")) else { throw Fault("UnknownCurrency") }
        self.plan = plan
        fee = (rule.text("currency"), Self.numerator(1, rate))
        policy =
            "\(rule.text("currency")) \(rate.number("numerator") ?? 0)/"
            + "\(rate.number("denominator") ?? 0) \(rest)"
    }

    private func checkSubject(_ subject: String, _ currency: String) throws(Fault) {
        guard ["active", "suspended", "closed"].contains(partners[subject]?.state) else {
            throw Fault("UnknownSubject")
        }
        guard currencies.contains(currency) else { throw Fault("UnknownCurrency") }
    }

    private mutating func changeCover(_ submission: Submission) throws(Fault) {
        let payload = submission.payload
        let subject = payload.text("subject")
        if officials[submission.signer] == nil, subject != submission.signer {
            throw Fault("WrongSigner")
        }
        try checkSubject(subject, payload.text("currency"))
        let name = subject + " " + payload.text("currency")
        let amount = payload.number("amount") ?? 0
        let after = (covers[name] ?? 0) + (submission.kind == "cover.post" ? amount : -amount)
        guard after >= 0 else { throw Fault("CoverExceeded") }
        covers[name] = after
    }
}
