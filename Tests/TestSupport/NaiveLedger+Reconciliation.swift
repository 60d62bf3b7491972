import Signing

/// Certificates, disputes and mended breaks, each told again from all that was ever said of it.
extension NaiveLedger {
    /// An entry of reconciliation, or an adjustment that names what it mends.
    struct Word {
        let entry: UInt64
        let time: Timestamp
        let payload: JSONValue
        var kind: String { payload.text("kind") }
        var signer: String { payload.text("partner") }
    }

    /// A dispute after so many words.
    struct Quarrel {
        let opening: Word
        let respondent: String
        let currency: String
        var state = "open"
        var amount: Int64
        var adjusted: Int64 = 0
        var rejections = 0
        var changed: Word
    }

    /// In which states an event may happen to a dispute.
    private static let states = [
        "dispute.reject": ["open"], "dispute.restate": ["rejected"],
        "dispute.accept": ["open", "rejected", "arbitration"],
        "dispute.withdraw": ["open", "rejected", "arbitration", "accepted"],
        "adjustment.post": ["accepted", "arbitration"],
    ]

    /// What was said and what came of it: kinds that took effect, certificates `half` or
    /// `complete`, states of disputes.
    public var reconciliationStates: [String] {
        let certificates = certificateRecords.map { $0.1.contains(" - -") ? "half" : "complete" }
        return words.map(\.kind) + certificates + quarrels.map(\.state)
    }

    /// Statements that wait for the other partner's.
    var halfCertificates: [Word] {
        words.filter { word in
            word.kind == "reconciliation.certify"
                && lastWord(by: word.payload.text("with"), with: word.signer, word.payload) == nil
        }
    }

    static func isOfRuleSet3(_ kind: String) -> Bool {
        kind == "reconciliation.certify" || kind.hasPrefix("dispute.")
    }

    mutating func reconcile(_ submission: Submission, _ place: Place) throws(Fault) {
        switch submission.kind {
        case "reconciliation.certify": try checkCertificate(submission)
        case "dispute.open": try checkOpening(submission)
        default:
            let opens = ["dispute.restate", "dispute.withdraw"].contains(submission.kind)
            let quarrel = try quarrel(of: submission, asOpener: opens)
            guard Self.states[submission.kind]?.contains(quarrel.state) == true else {
                throw Fault("WrongState")
            }
            if submission.kind == "dispute.restate",
                submission.payload.number("amount") ?? 0 > quarrel.amount
            {
                throw Fault("PaymentAmount")
            }
        }
        note(submission, place)
    }

    private mutating func note(_ submission: Submission, _ place: Place) {
        words.append(Word(entry: place.index, time: place.time, payload: submission.payload))
    }

    // MARK: - Certificates

    private func checkCertificate(_ submission: Submission) throws(Fault) {
        let payload = submission.payload
        let other = payload.text("with")
        guard
            let night = nights(of: payload.text("calendar")).first(where: {
                $0.number == payload.number("window")
            })
        else { throw Fault("UnknownSettlement") }
        let isPair = agreements.values.contains { agreement in
            guard let bound = agreement.boundAt, bound < night.end else { return false }
            let sides = Set([agreement.terms.text("debtor"), agreement.terms.text("creditor")])
            return agreement.terms["settlement"]?.text("calendar") == night.calendar
                && sides == [submission.signer, other] && sides.count == 2
        }
        guard isPair else { throw Fault("NotAParty") }
        guard let theirs = lastWord(by: other, with: submission.signer, payload) else { return }
        guard lastWord(by: submission.signer, with: other, payload) == nil else {
            throw Fault("AlreadySigned")
        }
        let isSame = ["root", "count", "sums"].allSatisfy { theirs.payload[$0] == payload[$0] }
        guard isSame, theirs.payload.text("books") != payload.text("books") else {
            throw Fault("CertificateMismatch")
        }
    }

    /// What a partner said last of a window with another one.
    private func lastWord(
        by signer: String,
        with other: String,
        _ window: JSONValue
    ) -> Word? {
        words.last {
            $0.kind == "reconciliation.certify" && $0.signer == signer
                && $0.payload.text("with") == other
                && $0.payload.text("calendar") == window.text("calendar")
                && $0.payload["window"] == window["window"]
        }
    }

    // MARK: - Disputes

    private func checkOpening(_ submission: Submission) throws(Fault) {
        let payload = submission.payload
        guard let agreement = agreements[payload.text("agreement")] else {
            throw Fault("UnknownAgreement")
        }
        guard agreement.boundAt != nil else { throw Fault("AgreementNotBound") }
        guard let settlement = agreement.terms["settlement"] else {
            throw Fault("TermsContradict")
        }
        let sides = [agreement.terms.text("debtor"), agreement.terms.text("creditor")]
        guard sides.contains(submission.signer) else { throw Fault("NotAParty") }
        let closed = nights(of: settlement.text("calendar")).map(\.number)
        guard closed.contains(payload.number("window") ?? 0) else {
            throw Fault("UnknownSettlement")
        }
        let isMended = words.contains { $0.kind == "adjustment.post" && isAbout($0, payload) }
        let isDisputed = quarrels.contains {
            $0.opening.signer == submission.signer && isAbout($0.opening, payload)
                && ($0.state != "withdrawn" || $0.adjusted > 0)
        }
        if isMended || isDisputed { throw Fault("AlreadySigned") }
    }

    private func isAbout(_ word: Word, _ payload: JSONValue) -> Bool {
        word.payload["break"] == payload["break"]
            && word.payload.text("agreement") == payload.text("agreement")
    }

    /// All disputes, as they stand now.
    var quarrels: [Quarrel] {
        words.filter { $0.kind == "dispute.open" }.compactMap(tell)
    }

    /// What became of a dispute.
    private func tell(_ opening: Word) -> Quarrel? {
        guard let terms = agreements[opening.payload.text("agreement")]?.terms else { return nil }
        let isDebtor = terms.text("debtor") == opening.signer
        var quarrel = Quarrel(
            opening: opening,
            respondent: terms.text(isDebtor ? "creditor" : "debtor"),
            currency: terms["settlement"]?.text("settlementCurrency") ?? "",
            amount: opening.payload.number("amount") ?? 0,
            changed: opening
        )
        for word in words where word.payload.number("dispute") == Int64(opening.entry) {
            let before = quarrel.state
            switch word.kind {
            case "dispute.reject":
                quarrel.rejections += 1
                quarrel.state = quarrel.rejections == 3 ? "arbitration" : "rejected"
            case "dispute.restate":
                quarrel.amount = word.payload.number("amount") ?? 0
                quarrel.state = "open"
            case "dispute.accept": quarrel.state = "accepted"
            case "dispute.withdraw": quarrel.state = "withdrawn"
            default:
                quarrel.adjusted += word.payload.number("amount") ?? 0
                if quarrel.adjusted == quarrel.amount { quarrel.state = "adjusted" }
            }
            if quarrel.state != before { quarrel.changed = word }
        }
        return quarrel
    }

    private func quarrel(of submission: Submission, asOpener: Bool) throws(Fault) -> Quarrel {
        let entry = submission.payload.number("dispute") ?? -1
        guard let quarrel = quarrels.first(where: { Int64($0.opening.entry) == entry }),
            [quarrel.opening.signer, quarrel.respondent].contains(submission.signer)
        else { throw Fault("UnknownDispute") }
        guard (quarrel.opening.signer == submission.signer) == asOpener else {
            throw Fault("WrongSigner")
        }
        return quarrel
    }

    // MARK: - Adjustments

    /// What rule set 3 asks of an adjustment, and what it keeps of it.
    mutating func link(_ submission: Submission, _ place: Place) throws(Fault) {
        let payload = submission.payload
        if payload["dispute"] != nil {
            let quarrel = try quarrel(of: submission, asOpener: false)
            guard quarrel.opening.payload.text("agreement") == payload.text("agreement") else {
                throw Fault("UnknownDispute")
            }
            guard payload.text("creditor") == quarrel.opening.signer else {
                throw Fault("NotAParty")
            }
            guard Self.states[submission.kind]?.contains(quarrel.state) == true else {
                throw Fault("WrongState")
            }
            guard payload.text("currency") == quarrel.currency else {
                throw Fault("UnknownCurrency")
            }
            guard payload.number("amount") ?? 0 <= quarrel.amount - quarrel.adjusted else {
                throw Fault("PaymentAmount")
            }
        } else if payload["break"] != nil {
            let isMended = words.contains {
                $0.kind == "adjustment.post" && isAbout($0, payload)
            }
            let isDisputed = quarrels.contains {
                isAbout($0.opening, payload) && ($0.state != "withdrawn" || $0.adjusted > 0)
            }
            if isMended || isDisputed { throw Fault("AlreadySigned") }
        } else {
            return
        }
        note(submission, place)
    }
}

/// The records of rule set 3.
extension NaiveLedger {
    var reconciliationRecords: [(String, String)] {
        guard size > 0, rules(at: size - 1) >= 3 else { return [] }
        return certificateRecords + quarrels.map(record) + breakRecords
    }

    fileprivate var certificateRecords: [(String, String)] {
        var latest: [String: [String: Word]] = [:]
        for word in words where word.kind == "reconciliation.certify" {
            let sides = [word.signer, word.payload.text("with")].sorted()
            let window = "\(word.payload.text("calendar"))/\(word.payload.number("window") ?? 0)"
            latest["\(window)/\(sides[0])/\(sides[1])", default: [:]][word.signer] = word
        }
        return latest.compactMap { name, words in
            guard let any = words.values.first else { return nil }
            let sums = any.payload.list("sums").map { sum in
                let numbers = ["debit", "credit", "reversedDebit", "reversedCredit"]
                return ([sum.text("program")] + numbers.map { "\(sum.number($0) ?? 0)" })
                    .joined(separator: ":")
            }
            let signatures = name.split(separator: "/").suffix(2).map { side in
                words[String(side)].map { "\($0.entry) \($0.payload.text("books"))" } ?? "- -"
            }
            let figures = "\(any.payload.text("root")) \(any.payload.number("count") ?? 0)"
            let list = sums.isEmpty ? "-" : sums.joined(separator: ",")
            return (
                "certificate/\(name)", "\(figures) \(list) \(signatures.joined(separator: " "))"
            )
        }
    }

    private func record(_ quarrel: Quarrel) -> (String, String) {
        let payload = quarrel.opening.payload
        let claim =
            "\(payload.text("agreement")) \(payload.number("window") ?? 0) \(payload.text("break")) "
            + "\(payload.text("reason")) \(quarrel.opening.signer)"
        let life =
            "\(quarrel.amount) \(quarrel.adjusted) \(quarrel.rejections) \(quarrel.state) "
            + "\(quarrel.changed.entry) \(quarrel.changed.time)"
        return ("dispute/\(quarrel.opening.entry)", "\(claim) \(life)")
    }

    fileprivate var breakRecords: [(String, String)] {
        words.filter { $0.kind == "adjustment.post" && $0.payload["break"] != nil }.map { word in
            let hash = word.payload.text("agreement")
            let calendar = agreements[hash]?.terms["settlement"]?.text("calendar") ?? ""
            let window = nights(of: calendar).count { $0.end <= word.entry } + 1
            return ("break/\(hash)/\(word.payload.text("break"))", "\(word.entry) \(window)")
        }
    }
}
