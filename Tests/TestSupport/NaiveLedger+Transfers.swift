import Signing

/// Transfers and what becomes of them, one item at a time.
extension NaiveLedger {
    /// A bonus that an item has: its place in the terms, its units, and those of each funder.
    struct Grant: Equatable {
        let bonus: Int
        let units: Int64
        let funded: [Int64]
    }

    /// An item from its first day on.
    struct Line {
        let entry: UInt64
        let item: Int
        let agreement: String
        let terms: JSONValue
        let requested: Timestamp
        let expiry: Timestamp?
        let tokens: [String: String]
        let facts: JSONValue
        let reference: String
        var amount: Int64
        var debit: Int64 = 0
        var credit: Int64 = 0
        var grants: [Grant] = []
        var charges: [Debt] = []
        var isHeld = false
        var isGone = false
        var postedEntry: UInt64?
        var posted: Timestamp?
        var isKept = false
        var reversals = 0

        var bonus: Int64 { grants.reduce(0) { $0 + $1.units } }
        var debtor: String { terms.text("debtor") }
        var creditor: String { terms.text("creditor") }
    }

    mutating func transfer(_ payload: JSONValue, _ place: Place) throws(Fault) -> [String] {
        let hash = payload.text("terms")
        guard let agreement = agreements[hash] else { throw Fault("UnknownAgreement") }
        let terms = agreement.terms
        guard terms.text("debtor") == payload.text("partner") else { throw Fault("WrongSigner") }
        try checkUsable(agreement, place.time)
        guard partners[terms.text("debtor")]?.state == "active" else {
            throw Fault("PartnerSuspended")
        }
        guard partners[terms.text("creditor")]?.state != "closed" else { throw Fault("WrongState") }
        for side in ["from", "to"] where programs[terms.text(side)]?.status == "closed" {
            throw Fault("ProgramClosed")
        }
        var codes: [String] = []
        for (number, item) in payload.list("items").enumerated() {
            do throws(Fault) {
                try take(Self.line(item, payload, number, agreement, place), item, payload, place)
            } catch {
                codes.append(error.code)
            }
        }
        return codes
    }

    private func checkUsable(_ agreement: Agreement, _ time: Timestamp) throws(Fault) {
        guard agreement.boundAt != nil else { throw Fault("AgreementNotBound") }
        guard let from = agreement.terms.time("validFrom"), from <= time else {
            throw Fault("AgreementNotYetValid")
        }
        for end in [
            agreement.terms.time("validTo"), agreement.supersededFrom, agreement.terminatedFrom,
        ] {
            if let end, end <= time { throw Fault("AgreementNoLongerValid") }
        }
    }

    static func line(
        _ item: JSONValue,
        _ payload: JSONValue,
        _ number: Int,
        _ agreement: Agreement,
        _ place: Place
    ) -> Line {
        var tokens: [String: String] = [:]
        for counter in item.list("counters") {
            tokens[counter.text("group")] = counter.text("token")
        }
        let seconds = agreement.terms.number("holdExpirySeconds")
        return Line(
            entry: place.index,
            item: number,
            agreement: agreement.hash,
            terms: agreement.terms,
            requested: place.time,
            expiry: seconds.map { place.time.advanced(byMilliseconds: $0 * 1_000) },
            tokens: tokens,
            facts: item["facts"] ?? payload["facts"] ?? [:],
            reference: item.text("ref"),
            amount: item.number("amount") ?? payload.number("amount") ?? 0
        )
    }

    private mutating func take(
        _ new: Line,
        _ item: JSONValue,
        _ payload: JSONValue,
        _ place: Place
    ) throws(Fault) {
        var line = new
        try checkMembers(item, line)
        try checkFacts(line)
        try checkReference(line)
        let groups = line.terms.list("groups").map { $0.text("group") }
        for counter in item.list("counters") where !groups.contains(counter.text("group")) {
            throw Fault("UnknownCounter")
        }
        (line.debit, line.credit) = try Self.convert(line.terms, line.amount)
        line.grants = grants(
            line,
            posted: place.time...(line.expiry ?? place.time),
            now: place.time
        )
        guard (item.number("debit") ?? payload.number("debit")) == line.debit else {
            throw Fault("WrongDebit")
        }
        guard (item.number("credit") ?? payload.number("credit")) == line.credit else {
            throw Fault("WrongCredit")
        }
        guard (item.number("bonus") ?? payload.number("bonus") ?? 0) == line.bonus else {
            throw Fault("WrongBonus")
        }
        try checkCaps(line, place.time)
        line.charges = Self.charges(of: line)
        line.isHeld = line.expiry != nil
        if !line.isHeld {
            line.postedEntry = place.index
            line.posted = place.time
            line.isKept = !line.grants.isEmpty && Self.dependsOnHistory(line.terms)
        }
        lines.append(line)
        do throws(Fault) {
            try checkLimits(line)
        } catch {
            lines.removeLast()
            throw error
        }
        if !line.isHeld { settlePosted(line, place) }
    }

    /// Books what a posted item costs, and the network's fee.
    private mutating func settlePosted(_ line: Line, _ place: Place) {
        post(line.charges, line, sign: 1, place)
        guard let fee, line.debtor != line.creditor else { return }
        let debt = Debt(
            pair: "\(line.debtor)>operator \(fee.currency)",
            numerator: fee.numerator,
            purpose: "networkFee"
        )
        debts.append(debt)
        moves.append(Move(entry: place.index, agreement: line.agreement, debt: debt))
    }

    private func checkMembers(_ item: JSONValue, _ line: Line) throws(Fault) {
        for name in ["member", "to"] where item[name] != nil {
            switch members[Self.pair(line.debtor, line.creditor) + item.text(name)] {
            case "open": continue
            case "closed": throw Fault("MemberClosed")
            default: throw Fault("UnknownMemberReference")
            }
        }
    }

    static func dependsOnHistory(_ terms: JSONValue) -> Bool {
        terms.list("bonuses").contains { $0["group"] != nil || !$0.list("funding").isEmpty }
    }

    private func checkFacts(_ line: Line) throws(Fault) {
        let rule = line.terms["eligibility"] ?? [:]
        for (list, fact) in [("tiers", "tier"), ("products", "product")] {
            let allowed = rule[list]?.strings ?? []
            guard allowed.isEmpty || allowed.contains(line.facts.text(fact)) else {
                throw Fault("NotEligible")
            }
        }
    }

    private func checkReference(_ line: Line) throws(Fault) {
        guard line.terms.flag("uniqueRef") else { return }
        guard !line.reference.isEmpty else { throw Fault("ReferenceMissing") }
        for other in lines where !other.isGone && other.agreement == line.agreement {
            if other.reference == line.reference { throw Fault("ReferenceReused") }
        }
    }

    mutating func expireHolds(at time: Timestamp) {
        for place in lines.indices where lines[place].isHeld {
            if let expiry = lines[place].expiry, expiry <= time { release(place) }
        }
    }

    private mutating func release(_ place: Int) {
        lines[place].isHeld = false
        lines[place].isGone = true
    }

    mutating func settleHold(_ payload: JSONValue, _ place: Place) -> [String] {
        var codes: [String] = []
        let isCommit = payload.text("kind") == "transfers.commit"
        for stated in payload.list("items") {
            do throws(Fault) {
                var number = stated.number("item") ?? 0
                if case .integer(let item) = stated { number = item }
                let line = try heldLine(payload, Int(number))
                if isCommit {
                    try commit(line, stated, place)
                } else {
                    release(line)
                }
            } catch {
                codes.append(error.code)
            }
        }
        return codes
    }

    private func heldLine(_ payload: JSONValue, _ item: Int) throws(Fault) -> Int {
        let entry = UInt64(payload.number("entry") ?? -1)
        guard let first = lines.first(where: { $0.entry == entry && $0.isHeld }) else {
            throw Fault("UnknownHold")
        }
        guard first.creditor == payload.text("partner") else { throw Fault("WrongSigner") }
        guard
            let place = lines.firstIndex(where: {
                $0.entry == entry && $0.item == item && $0.isHeld
            })
        else {
            throw Fault("HoldReleased")
        }
        return place
    }

    private mutating func commit(_ index: Int, _ stated: JSONValue, _ place: Place) throws(Fault) {
        var line = lines[index]
        let bonuses = line.terms.list("bonuses")
        line.grants.removeAll { grant in
            let bonus = bonuses[grant.bonus]
            guard bonus.text("basis") == "posted" else { return false }
            if let from = bonus.time("validFrom"), place.time < from { return true }
            if let to = bonus.time("validTo"), place.time >= to { return true }
            return false
        }
        guard stated.number("credit") == line.credit else { throw Fault("WrongCredit") }
        guard (stated.number("bonus") ?? 0) == line.bonus else { throw Fault("WrongBonus") }
        line.isHeld = false
        line.postedEntry = place.index
        line.posted = place.time
        line.charges = Self.charges(of: line)
        line.isKept =
            line.grants != lines[index].grants
            || !line.grants.isEmpty && Self.dependsOnHistory(line.terms)
        lines[index] = line
        settlePosted(line, place)
    }

    mutating func reverse(_ payload: JSONValue, _ place: Place) -> [String] {
        var codes: [String] = []
        let entry = UInt64(payload.number("entry") ?? -1)
        for stated in payload.list("items") {
            do throws(Fault) {
                let number = Int(stated.number("item") ?? -1)
                guard
                    let index = lines.firstIndex(where: {
                        $0.postedEntry == entry && $0.item == number
                    })
                else {
                    throw Fault("UnknownTransfer")
                }
                guard lines[index].creditor == payload.text("partner") else {
                    throw Fault("WrongSigner")
                }
                try reverse(index, stated, place)
            } catch {
                codes.append(error.code)
            }
        }
        return codes
    }

    private mutating func reverse(_ index: Int, _ stated: JSONValue, _ place: Place) throws(Fault) {
        let before = lines[index]
        guard let posted = before.posted else { throw Fault("UnknownTransfer") }
        let days = before.terms.number("reversalDays") ?? 0
        guard place.time <= posted.advanced(byMilliseconds: days * 86_400_000) else {
            throw Fault("ReversalTooLate")
        }
        let remaining = stated.number("remaining") ?? 0
        guard remaining < before.amount else { throw Fault("ReversalAmount") }
        var after = before
        after.amount = remaining
        (after.debit, after.credit, after.grants) = (0, 0, [])
        if remaining > 0 { try recompute(&after, before, posted) }
        guard stated.number("debit") == before.debit - after.debit,
            stated.number("credit") == before.credit - after.credit,
            (stated.number("bonus") ?? 0) == before.bonus - after.bonus
        else { throw Fault("ReversalAmount") }
        after.charges = remaining > 0 ? Self.charges(of: after) : []
        after.isKept = true
        after.reversals += 1
        lines[index] = after
        post(before.charges, before, sign: -1, place)
        post(after.charges, after, sign: 1, place)
    }

    private func recompute(_ after: inout Line, _ before: Line, _ posted: Timestamp) throws(Fault) {
        let dependsOnHistory = Self.dependsOnHistory(before.terms)
        guard !dependsOnHistory || before.grants.isEmpty else { throw Fault("PartialReversal") }
        do throws(Fault) {
            (after.debit, after.credit) = try Self.convert(after.terms, after.amount)
        } catch {
            throw Fault("PartialReversal")
        }
        if !dependsOnHistory { after.grants = grants(after, posted: posted...posted, now: posted) }
    }
}
