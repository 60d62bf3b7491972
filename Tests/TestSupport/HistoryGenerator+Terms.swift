import Signing

/// Terms of every shape.
extension HistoryGenerator {
    /// Proposes terms and queues their acceptances and some pseudonyms.
    mutating func agree() {
        let previous = random.chance(30) ? random.pick(agreements) : nil
        var terms = sides()
        if let previous {
            for name in ["kind", "debtor", "creditor", "from", "to"] {
                terms = terms.with(name, previous.terms[name] ?? .null)
            }
            if previous.terms["settlement"] == nil { terms = terms.without("settlement") }
            if previous.terms["settlement"] != nil, terms["settlement"] == nil {
                terms = terms.with("settlement", NetworkTerms.exchange()["settlement"] ?? .null)
            }
        }
        terms = settled(funded(capped(bonused(converted(dated(terms))))))
        let debtor = terms.text("debtor")
        let creditor = terms.text("creditor")
        let text = network.propose(terms, supersedes: previous?.hash, by: signer(debtor))
        let hash = Network.payloadDigest(text)
        queue.append(text)
        for party in NetworkStory.parties(of: terms) where party != debtor && random.chance(97) {
            queue.append(network.accept(hash, by: signer(party)))
        }
        agreements.append((hash, terms))
        let pair = NaiveLedger.pair(debtor, creditor)
        guard members[pair] == nil else { return }
        let list = (0..<3).map { _ in network.pseudonym() }
        let opening = network.openMembers(list, with: creditor, by: debtor)
        queue.append(opening)
        if debtor != creditor {
            queue.append(network.acceptMembers(Network.payloadDigest(opening), by: creditor))
        }
        members[pair] = list
    }

    mutating func agreementEnd() -> [UInt8] {
        guard let agreement = random.pick(agreements) else { return transfers() }
        if random.chance(30) { return network.accept(agreement.hash, by: anyPartner()) }
        let days = random.number(0...9)
        let moment = network.now.advanced(byMilliseconds: days * 86_400_000)
        return network.terminate(
            agreement.hash,
            from: moment,
            by: signer(agreement.terms.text("creditor"))
        )
    }

    private mutating func sides() -> JSONValue {
        let debtor = anyPartner()
        let creditor = anyPartner()
        if debtor == creditor { return NetworkTerms.inside(debtor) }
        switch random.number(0...3) {
        case 0: return NetworkTerms.redeem(from: debtor, at: creditor)
        case 1: return NetworkTerms.earn(at: debtor, of: creditor)
        default: return NetworkTerms.exchange(from: debtor, to: creditor)
        }
    }

    private mutating func moment(days: ClosedRange<Int64>) -> JSONValue {
        let hours = random.number(days.lowerBound * 24...days.upperBound * 24)
        return .string(network.now.advanced(byMilliseconds: hours * 3_600_000).description)
    }

    private mutating func dated(_ terms: JSONValue) -> JSONValue {
        var terms = terms.with("noticePeriodDays", .integer(random.number(0...3)))
            .with("utcOffsetMinutes", .integer(random.pick([0, 60, -300, 765]) ?? 0))
            .with("reversalDays", .integer(random.number(0...20)))
        if random.chance(20) { terms = terms.with("validFrom", moment(days: 0...3)) }
        if random.chance(20) { terms = terms.with("validTo", moment(days: 4...20)) }
        if random.chance(50) {
            terms = NetworkTerms.held(terms, seconds: random.number(1...72) * 3_600)
        }
        if random.chance(15) {
            terms = terms.with("eligibility", ["tiers": ["gold"], "products": ["card", "shop"]])
        }
        return random.chance(20) ? terms.with("uniqueRef", true) : terms
    }

    private mutating func converted(_ terms: JSONValue) -> JSONValue {
        var terms = terms.with(
            "conversion.rounding",
            .string(random.pick(["keepRest", "exact", "consumeAll"]) ?? "exact")
        )
        if random.chance(15) {
            let steps: JSONValue = [
                ["amount": 100, "credit": 30],
                ["amount": 200, "credit": .integer(random.number(20...90))],
                ["amount": 400, "credit": 200],
            ]
            terms = terms.without("conversion.ratio").with("conversion.steps", steps)
            return terms.with("conversion.stepMode", random.chance(50) ? "exclusive" : "cumulative")
        }
        let rate = NetworkTerms.rate(random.number(1...5), random.number(1...5))
        terms = terms.with("conversion.ratio", ["fixed": rate])
        if random.chance(30) {
            terms = terms.with("conversion.minimum", .integer(random.number(1...60)))
        }
        return random.chance(30)
            ? terms.with("conversion.increment", .integer(random.number(1...10))) : terms
    }

    private mutating func bonused(_ terms: JSONValue) -> JSONValue {
        let bonuses = (0..<random.number(0...3)).map { _ in
            bonus(isInside: terms["settlement"] == nil)
        }
        if bonuses.isEmpty { return terms }
        return terms.with("bonuses", .array(bonuses))
    }

    private mutating func bonus(isInside: Bool) -> JSONValue {
        var bonus: JSONValue
        switch random.number(0...2) {
        case 0: bonus = NetworkTerms.perBlock(random.number(10...100), random.number(1...20))
        case 1:
            bonus = NetworkTerms.percent(
                random.number(1...3),
                random.number(2...9),
                from: random.number(0...80)
            )
        default: bonus = NetworkTerms.once(random.number(1...40), group: "bonus")
        }
        if random.chance(30) { bonus = bonus.with("thresholdUnit", "target") }
        if random.chance(40) { bonus = bonus.with("stack", "exclusive") }
        if random.chance(50) { bonus = bonus.with("basis", "posted") }
        if random.chance(20) { bonus = bonus.with("validFrom", moment(days: -2...4)) }
        if random.chance(30) { bonus = bonus.with("validTo", moment(days: 5...12)) }
        if random.chance(20) { bonus = bonus.with("eligibility", ["tiers": ["gold"]]) }
        if random.chance(20) {
            bonus = bonus.with("eligibility", ["memberCount": .integer(random.number(1...2))]).with(
                "group",
                "bonus"
            )
        }
        if isInside || random.chance(20) { return bonus.with("priced", false) }
        return random.chance(30) ? bonus.with("price", price()) : bonus
    }

    private mutating func price() -> JSONValue {
        NetworkTerms.rate(random.number(1...9), random.pick([1, 2, 3, 4, 5, 8, 10]) ?? 1)
    }

    private mutating func funded(_ terms: JSONValue) -> JSONValue {
        let sides = [terms.text("debtor"), terms.text("creditor")]
        let others = partners.filter { !sides.contains($0) }
        let bonuses = terms.list("bonuses").map { bonus -> JSONValue in
            guard bonus.flag("priced"), random.chance(30), let funder = random.pick(others) else {
                return bonus
            }
            let share = NetworkTerms.funding(
                by: funder,
                share: (random.number(1...3), 3),
                price: (random.number(1...4), random.pick([1, 3, 7]) ?? 1),
                budget: random.number(0...60),
                exhausted: random.chance(50) ? "stop" : "debtorPays"
            )
            return bonus.with("funding", [share])
        }
        return bonuses.isEmpty ? terms : terms.with("bonuses", .array(bonuses))
    }

    private mutating func capped(_ terms: JSONValue) -> JSONValue {
        var groups: [JSONValue] = []
        for name in ["bonus", "cap"] {
            let end: JSONValue =
                random.chance(80) ? "2030-12-31T00:00:00.000Z" : "2026-03-09T00:00:00.000Z"
            groups.append(["group": .string(name), "validTo": end])
        }
        let caps = (0..<random.number(0...2)).map { _ -> JSONValue in
            let period =
                random.pick(["transaction", "day", "month", "calendarYear", "rollingDays"]) ?? "day"
            let cap = NetworkTerms.cap(
                random.number(50...600),
                period,
                unit: random.chance(50) ? "source" : "target",
                subject: random.pick(["member", "product", "pair"]) ?? "pair"
            )
            return period == "rollingDays" ? cap.with("days", .integer(random.number(1...5))) : cap
        }
        let terms = caps.isEmpty ? terms : terms.with("caps", .array(caps))
        return terms.with("groups", .array(groups))
    }

    private mutating func settled(_ terms: JSONValue) -> JSONValue {
        var terms = terms
        if random.chance(30) {
            let payers = terms["settlement"] == nil ? ["member"] : ["debtor", "creditor", "member"]
            let payer = random.pick(payers) ?? "member"
            let fee = NetworkTerms.fee(
                perUnit: (random.number(1...3), random.number(2...9)),
                payer: payer,
                payee: payer == "debtor" ? "creditor" : "debtor",
                rounding: random.pick(["floor", "halfEven", "halfUp", "ceiling"]) ?? "floor",
                currency: random.chance(70) ? "EUR" : "USD"
            )
            terms = terms.with(
                "fees",
                [random.chance(50) ? fee.with("cap", .integer(random.number(1...30))) : fee]
            )
        }
        guard terms["settlement"] != nil else { return terms }
        let currency: JSONValue = random.chance(80) ? "EUR" : "USD"
        return terms.with("settlement.price", ["fixed": price()])
            .with("settlement.priceCurrency", currency).with(
                "settlement.settlementCurrency",
                currency
            )
            .with("settlement.offsets", .boolean(random.chance(40)))
            .with(
                "settlement.creditLine",
                .integer(random.chance(50) ? random.number(200...3_000) : 1_000_000)
            )
    }
}
