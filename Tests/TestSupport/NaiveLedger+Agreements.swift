import Signing

/// Agreements, pseudonyms and debts beside transfers.
extension NaiveLedger {
    mutating func applyBusiness(_ submission: Submission, _ place: Place) throws(Fault) {
        switch submission.kind {
        case "agreement.propose": try propose(submission, place)
        case "agreement.accept": try accept(submission, place)
        case "agreement.terminate": try terminate(submission, place)
        case "member.open": try openMembers(submission, place)
        case "member.close": try closeMembers(submission)
        case "adjustment.post": try adjust(submission, place)
        case _ where Self.isOfRuleSet3(submission.kind): try reconcile(submission, place)
        default: try applyNight(submission, place)
        }
    }

    /// Whether no two caps of the terms count into one counter.
    private static func capsDiffer(in terms: JSONValue) -> Bool {
        let names = terms.list("caps").filter { $0["group"] != nil }.map { cap in
            ["group", "unit", "period", "subject"].map { cap.text($0) } + [
                "\(cap.number("days") ?? 0)"
            ]
        }
        return Set(names).count == names.count
    }

    private mutating func propose(_ submission: Submission, _ place: Place) throws(Fault) {
        guard let terms = submission.payload["terms"],
            let acceptBy = submission.payload.time("acceptBy")
        else {
            throw Fault("MissingMember")
        }
        guard Self.capsDiffer(in: terms) else { throw Fault("TermsContradict") }
        let signer = submission.signer
        guard [terms.text("debtor"), terms.text("creditor")].contains(signer) else {
            throw Fault("NotAParty")
        }
        guard acceptBy > place.time else { throw Fault("TimeRange") }
        for party in NetworkStory.parties(of: terms) {
            guard ["active", "suspended"].contains(partners[party]?.state) else {
                throw Fault("UnknownSubject")
            }
        }
        for side in ["from", "to"] where terms.text(side).contains("/") {
            guard let status = programs[terms.text(side)]?.status else {
                throw Fault("UnknownProgram")
            }
            guard status == "open" else { throw Fault("ProgramClosed") }
        }
        let supersedes = submission.payload["supersedes"].map { _ in
            submission.payload.text("supersedes")
        }
        if let supersedes { try checkSupersession(supersedes, terms) }
        agreements[submission.digest] = Agreement(
            hash: submission.digest,
            terms: terms,
            acceptBy: acceptBy,
            supersedes: supersedes,
            signed: [signer],
            proposedAt: place.index
        )
        bindIfComplete(submission.digest, place)
    }

    private func checkSupersession(_ hash: String, _ terms: JSONValue) throws(Fault) {
        guard let old = agreements[hash] else { throw Fault("UnknownAgreement") }
        for name in ["debtor", "creditor", "kind", "from", "to"]
        where old.terms.text(name) != terms.text(name) {
            throw Fault("Supersession")
        }
        guard old.boundAt != nil, old.supersededFrom == nil else { throw Fault("Supersession") }
    }

    private mutating func bindIfComplete(_ hash: String, _ place: Place) {
        guard let agreement = agreements[hash] else { return }
        guard agreement.signed.count == NetworkStory.parties(of: agreement.terms).count else {
            return
        }
        agreements[hash]?.boundAt = place.index
        if let old = agreement.supersedes {
            agreements[old]?.supersededFrom = agreement.terms.time("validFrom")
        }
    }

    private mutating func accept(_ submission: Submission, _ place: Place) throws(Fault) {
        let hash = submission.payload.text("agreement")
        guard let agreement = agreements[hash] else { throw Fault("UnknownAgreement") }
        let parties = NetworkStory.parties(of: agreement.terms)
        guard parties.contains(submission.signer) else { throw Fault("NotAParty") }
        guard !agreement.signed.contains(submission.signer) else { throw Fault("AlreadySigned") }
        guard place.time <= agreement.acceptBy else { throw Fault("AcceptanceTooLate") }
        if agreement.signed.count + 1 == parties.count, let old = agreement.supersedes {
            try checkSupersession(old, agreement.terms)
        }
        agreements[hash]?.signed.append(submission.signer)
        bindIfComplete(hash, place)
    }

    private mutating func terminate(_ submission: Submission, _ place: Place) throws(Fault) {
        let hash = submission.payload.text("agreement")
        guard let agreement = agreements[hash], let moment = submission.payload.time("from") else {
            throw Fault("UnknownAgreement")
        }
        let terms = agreement.terms
        guard [terms.text("debtor"), terms.text("creditor")].contains(submission.signer) else {
            throw Fault("NotAParty")
        }
        guard agreement.boundAt != nil else { throw Fault("AgreementNotBound") }
        let notice = (terms.number("noticePeriodDays") ?? 0) * 86_400_000
        guard moment >= place.time.advanced(byMilliseconds: notice) else {
            throw Fault("NoticePeriod")
        }
        if let end = agreement.terminatedFrom, end <= moment { throw Fault("WrongState") }
        agreements[hash]?.terminatedFrom = moment
    }

    static func pair(_ left: String, _ right: String) -> String {
        min(left, right) + "|" + max(left, right) + "|"
    }

    private mutating func openMembers(_ submission: Submission, _ place: Place) throws(Fault) {
        let payload = submission.payload
        if payload["accepts"] != nil {
            let digest = payload.text("accepts")
            guard
                let proposal = proposals.first(where: {
                    $0.digest == digest && $0.lapses > place.time
                })
            else {
                throw Fault("UnknownPending")
            }
            guard proposal.with == submission.signer else { throw Fault("WrongSigner") }
            try open(proposal.members, proposal.proposer, proposal.with)
            proposals.removeAll { $0.digest == digest }
            return
        }
        let with = payload.text("with")
        let list = payload["members"]?.strings ?? []
        guard partners[with] != nil else { throw Fault("UnknownSubject") }
        var trial = self
        try trial.open(list, submission.signer, with)
        if with == submission.signer {
            self = trial
        } else {
            let lapses = place.time.advanced(byMilliseconds: Self.week)
            proposals.append(
                Proposal(
                    digest: submission.digest,
                    proposer: submission.signer,
                    with: with,
                    members: list,
                    lapses: lapses
                )
            )
        }
    }

    private mutating func open(_ list: [String], _ left: String, _ right: String) throws(Fault) {
        for member in list where members[Self.pair(left, right) + member] != nil {
            throw Fault("NameTaken")
        }
        for member in list { members[Self.pair(left, right) + member] = "open" }
    }

    private mutating func closeMembers(_ submission: Submission) throws(Fault) {
        let with = submission.payload.text("with")
        let list = submission.payload["members"]?.strings ?? []
        guard partners[with] != nil else { throw Fault("UnknownSubject") }
        let pair = Self.pair(submission.signer, with)
        for member in list where members[pair + member] != "open" {
            throw Fault("UnknownMemberReference")
        }
        for member in list { members[pair + member] = "closed" }
    }

    private mutating func adjust(_ submission: Submission, _ place: Place) throws(Fault) {
        let payload = submission.payload
        let creditor = payload.text("creditor")
        guard creditor != submission.signer else { throw Fault("InvalidValue") }
        guard ["active", "suspended"].contains(partners[creditor]?.state) else {
            throw Fault("UnknownSubject")
        }
        guard currencies.contains(payload.text("currency")) else { throw Fault("UnknownCurrency") }
        let hash = payload.text("agreement")
        try checkAdjusted(hash, submission.signer, creditor, place)
        try link(submission, place)
        let debt = Debt(
            pair: "\(submission.signer)>\(creditor) \(payload.text("currency"))",
            numerator: Int128(payload.number("amount") ?? 0) * Self.parts,
            purpose: "adjustment"
        )
        debts.append(debt)
        guard !hash.isEmpty else { return }
        moves.append(Move(entry: place.index, agreement: hash, debt: debt))
        touch(hash, place)
    }

    private func checkAdjusted(
        _ hash: String,
        _ debtor: String,
        _ creditor: String,
        _ place: Place
    ) throws(Fault) {
        let isStrict = rules(at: place.index) >= 2
        if hash.isEmpty {
            if isStrict { throw Fault("MissingMember") }
            return
        }
        guard let agreement = agreements[hash] else { throw Fault("UnknownAgreement") }
        guard isStrict else { return }
        guard agreement.boundAt != nil else { throw Fault("AgreementNotBound") }
        guard agreement.terms["settlement"] != nil else { throw Fault("TermsContradict") }
        let parties = NetworkStory.parties(of: agreement.terms)
        guard parties.contains(debtor), parties.contains(creditor) else {
            throw Fault("NotAParty")
        }
    }
}
