import Signing

/// Units, bonuses, counters and debts, each added up from the beginning.
extension NaiveLedger {
    static func convert(
        _ terms: JSONValue,
        _ amount: Int64
    ) throws(Fault) -> (debit: Int64, credit: Int64) {
        guard let conversion = terms["conversion"] else { throw Fault("MissingMember") }
        guard amount >= 1 else { throw Fault("AmountRange") }
        let increment = conversion.number("increment")
        let least = conversion.number("minimum") ?? increment ?? 1
        guard amount >= least else { throw Fault("BelowMinimum") }
        if let increment, (amount - least) % increment != 0 { throw Fault("OffIncrement") }
        var credit: Int64
        var consumed: Int64
        var isExact: Bool
        if let rate = conversion["ratio"]?["fixed"] {
            let (n, d) = (rate.number("numerator") ?? 1, rate.number("denominator") ?? 1)
            credit = amount * n / d
            consumed = (credit * d + n - 1) / n
            isExact = credit * d == amount * n
        } else {
            let reached = conversion.list("steps").filter { ($0.number("amount") ?? 0) <= amount }
            let credits = reached.map { $0.number("credit") ?? 0 }
            credit =
                conversion.text("stepMode") == "cumulative"
                ? credits.reduce(0, +) : credits.last ?? 0
            consumed = reached.last?.number("amount") ?? 0
            isExact = consumed == amount
        }
        guard credit > 0 else { throw Fault("BelowOneUnit") }
        switch conversion.text("rounding") {
        case "keepRest": return (consumed, credit)
        case "exact": if !isExact { throw Fault("InexactAmount") }
        default: break
        }
        return (amount, credit)
    }

    /// The bonuses that an item has when it may be posted within a range of time.
    func grants(_ line: Line, posted: ClosedRange<Timestamp>, now: Timestamp) -> [Grant] {
        var result: [Grant] = []
        var largest: Grant?
        for (index, bonus) in line.terms.list("bonuses").enumerated() {
            let moments = bonus.text("basis") == "posted" ? posted : line.requested...line.requested
            let measure = bonus.text("thresholdUnit") == "target" ? line.credit : line.amount
            guard isValid(bonus, moments), isFor(bonus, line.facts),
                measure >= bonus.number("threshold") ?? 0,
                isOpen(bonus, line, now)
            else { continue }
            let units = Self.units(bonus, line, measure)
            guard units > 0, let funded = funding(bonus, index, units, line) else { continue }
            let grant = Grant(bonus: index, units: units, funded: funded)
            if bonus.text("stack") == "additive" {
                result.append(grant)
            } else if units > largest?.units ?? 0 {
                largest = grant
            }
        }
        if let largest { result.append(largest) }
        return result.sorted { $0.bonus < $1.bonus }
    }

    private static func units(_ bonus: JSONValue, _ line: Line, _ measure: Int64) -> Int64 {
        let amount = bonus.number("amount") ?? 0
        switch bonus.text("kind") {
        case "perBlock": return measure / (bonus.number("threshold") ?? 1) * amount
        case "once": return amount
        default:
            let rate = bonus["percent"] ?? [:]
            return line.credit * (rate.number("numerator") ?? 0) / (rate.number("denominator") ?? 1)
        }
    }

    private func isValid(_ bonus: JSONValue, _ moments: ClosedRange<Timestamp>) -> Bool {
        if let from = bonus.time("validFrom"), moments.upperBound < from { return false }
        if let to = bonus.time("validTo"), moments.lowerBound >= to { return false }
        return true
    }

    private func isFor(_ bonus: JSONValue, _ facts: JSONValue) -> Bool {
        [("tiers", "tier"), ("products", "product")].allSatisfy { list, fact in
            let allowed = bonus["eligibility"]?[list]?.strings ?? []
            return allowed.isEmpty || allowed.contains(facts.text(fact))
        }
    }

    private func isOpen(_ bonus: JSONValue, _ line: Line, _ now: Timestamp) -> Bool {
        let group = bonus.text("group")
        if group.isEmpty { return true }
        guard let token = line.tokens[group] else { return false }
        guard Self.end(of: group, line.terms) > now else { return false }
        if bonus.text("kind") == "once", bearers("once", group, line).contains(token) {
            return false
        }
        guard let limit = bonus["eligibility"]?.number("memberCount") else { return true }
        let tokens = Set(bearers("places", group, line))
        return tokens.contains(token) || Int64(tokens.count) < limit
    }

    /// The tokens of all items that have a bonus of a group, one for each time.
    func bearers(_ purpose: String, _ group: String, _ item: Line) -> [String] {
        var tokens: [String] = []
        for line in lines where !line.isGone && line.debtor == item.debtor {
            guard Self.end(of: group, line.terms) == Self.end(of: group, item.terms) else {
                continue
            }
            for grant in line.grants {
                let bonus = line.terms.list("bonuses")[grant.bonus]
                let isMeant =
                    purpose == "once"
                    ? bonus.text("kind") == "once" : bonus["eligibility"]?["memberCount"] != nil
                if bonus.text("group") == group, isMeant, let token = line.tokens[group] {
                    tokens.append(token)
                }
            }
        }
        return tokens
    }

    private func funding(_ bonus: JSONValue, _ index: Int, _ units: Int64, _ line: Line) -> [Int64]?
    {
        var result: [Int64] = []
        for (number, share) in bonus.list("funding").enumerated() {
            let part = share["share"] ?? [:]
            let due = units * (part.number("numerator") ?? 0) / (part.number("denominator") ?? 1)
            var left = share.number("budget") ?? 0
            for other in lines where !other.isGone && other.agreement == line.agreement {
                for grant in other.grants where grant.bonus == index {
                    left -= grant.funded[number]
                }
            }
            if due > left, share.text("exhausted") == "stop" { return nil }
            result.append(min(due, left))
        }
        return result
    }

    static func end(of group: String, _ terms: JSONValue) -> Timestamp {
        terms.list("groups").first { $0.text("group") == group }?.time("validTo") ?? .latest
    }

    func checkCaps(_ line: Line, _ now: Timestamp) throws(Fault) {
        for cap in line.terms.list("caps") {
            let target = line.credit + line.bonus
            let amount = cap.number("amount") ?? 0
            if cap.text("period") == "transaction" {
                guard (cap.text("unit") == "source" ? line.amount : target) <= amount else {
                    throw Fault("CapExceeded")
                }
                continue
            }
            guard Self.end(of: cap.text("group"), line.terms) > now else {
                throw Fault("CapExceeded")
            }
            switch cap.text("subject") {
            case "member":
                guard line.tokens[cap.text("group")] != nil else { throw Fault("CounterMissing") }
            case "product": guard line.facts["product"] != nil else { throw Fault("NotEligible") }
            default: break
            }
            let use = cap.text("unit") == "source" ? line.debit : target
            guard used(cap, line, now) + use <= amount else { throw Fault("CapExceeded") }
        }
    }

    /// What all items together used of a cap in the period of now.
    private func used(_ cap: JSONValue, _ line: Line, _ now: Timestamp) -> Int64 {
        let (name, subject) = (Self.name(of: cap, line.terms), Self.subject(of: cap, line))
        let offset = Int(line.terms.number("utcOffsetMinutes") ?? 0)
        let today = Self.period(cap, now, offset)
        let first =
            cap.text("period") == "rollingDays" ? today - Int(cap.number("days") ?? 1) + 1 : today
        var sum: Int64 = 0
        for other in lines where !other.isGone && other.debtor == line.debtor {
            for same in other.terms.list("caps") where Self.name(of: same, other.terms) == name {
                let period = Self.period(same, other.requested, offset)
                guard (first...today).contains(period), Self.subject(of: same, other) == subject
                else { continue }
                sum += same.text("unit") == "source" ? other.debit : other.credit + other.bonus
            }
        }
        return sum
    }

    static func name(of cap: JSONValue, _ terms: JSONValue) -> String {
        guard cap["group"] != nil else { return "" }
        let offset = terms.number("utcOffsetMinutes") ?? 0
        let name =
            "cap \(terms.text("debtor")) \(cap.text("group")) "
            + "\(cap.text("unit")) \(cap.text("period"))"
        return name
            + " \(cap.number("days") ?? 0) \(cap.text("subject")) \(offset) "
            + "\(end(of: cap.text("group"), terms))"
    }

    static func subject(of cap: JSONValue, _ line: Line) -> String {
        switch cap.text("subject") {
        case "member": line.tokens[cap.text("group")] ?? ""
        case "product": shortDigest(line.facts.text("product"))
        default: UInt128(0).base64URL
        }
    }

    static func shortDigest(_ text: String) -> String {
        Base64.url.encode(Array(DigestBuilder.digest(Array(text.utf8)).bytes[..<16]))
    }

    static func period(_ cap: JSONValue, _ time: Timestamp, _ offset: Int) -> Int {
        let date = time.date(utcOffsetMinutes: offset)
        switch cap.text("period") {
        case "month": return date.parts.year * 12 + date.parts.month - 1
        case "calendarYear": return date.parts.year
        default: return date.days
        }
    }

    static func numerator(_ units: Int64, _ rate: JSONValue) -> Int128 {
        let denominator = Int128(rate.number("denominator") ?? 1)
        precondition(
            parts % denominator == 0,
            "prices of the generator divide a minor unit into \(parts)"
        )
        return Int128(units) * Int128(rate.number("numerator") ?? 0) * (parts / denominator)
    }

    static func charges(of line: Line) -> [Debt] {
        var charges: [Debt] = []
        if let settlement = line.terms["settlement"], let price = settlement["price"]?["fixed"] {
            let pair = "\(line.debtor)>\(line.creditor) \(settlement.text("priceCurrency"))"
            let units = line.terms.text("kind") == "redeem" ? line.debit : line.credit
            charges.append(
                Debt(pair: pair, numerator: numerator(units, price), purpose: "units")
            )
            for grant in line.grants {
                let bonus = line.terms.list("bonuses")[grant.bonus]
                guard bonus.flag("priced") else { continue }
                var rest = grant.units
                for (share, units) in zip(bonus.list("funding"), grant.funded) {
                    rest -= units
                    let funder =
                        "\(share.text("partner"))>\(line.creditor) "
                        + settlement.text("priceCurrency")
                    charges.append(
                        Debt(
                            pair: funder,
                            numerator: numerator(units, share["price"] ?? [:]),
                            purpose: "funding"
                        )
                    )
                }
                charges.append(
                    Debt(
                        pair: pair,
                        numerator: numerator(rest, bonus["price"] ?? price),
                        purpose: "units"
                    )
                )
            }
        }
        for fee in line.terms.list("fees") where fee.text("payer") != "member" {
            let payer = fee.text("payer") == "debtor" ? line.debtor : line.creditor
            let names = ["debtor": line.debtor, "creditor": line.creditor]
            let payee = names[fee.text("payee")] ?? fee.text("payee")
            let pair = "\(payer)>\(payee) \(fee.text("currency"))"
            let numerator = Int128(minor(fee, line.amount)) * parts
            charges.append(Debt(pair: pair, numerator: numerator, purpose: "fee"))
        }
        return charges
    }

    private static func minor(_ fee: JSONValue, _ amount: Int64) -> Int64 {
        guard let rate = fee["perUnit"] else { return fee.number("fixed") ?? 0 }
        let (n, d) = (rate.number("numerator") ?? 0, rate.number("denominator") ?? 1)
        let (whole, rest) = (amount * n / d, amount * n % d)
        let isUp: Bool
        switch fee.text("rounding") {
        case "ceiling": isUp = rest > 0
        case "halfUp": isUp = rest * 2 >= d
        case "halfEven": isUp = rest * 2 > d || rest * 2 == d && whole % 2 == 1
        default: isUp = false
        }
        return min(whole + (isUp ? 1 : 0), fee.number("cap") ?? Int64.max)
    }
}
