public import Signing

/// The state as records, and their digest (spec/14).
extension NaiveLedger {
    /// The digest of the state after the last entry.
    public var stateDigest: Digest {
        var bytes: [UInt8] = []
        func append(_ text: String) {
            let count = UInt32(text.utf8.count)
            bytes += [24, 16, 8, 0].map { UInt8(count >> $0 & 0xff) } + Array(text.utf8)
        }
        for (key, value) in records {
            append(key)
            append(value)
        }
        return DigestBuilder.digest(bytes)
    }

    /// All records, sorted bytewise by key.
    public var records: [(key: String, value: String)] {
        let all =
            partyRecords + keyRecords + agreementRecords + moneyRecords + memberRecords
            + lineRecords + counterRecords
        let later = calendarRecords + nightRecords + reconciliationRecords
        return (all + later).sorted { Array($0.0.utf8).lexicographicallyPrecedes(Array($1.0.utf8)) }
            .map {
                (key: $0.0, value: $0.1)
            }
    }

    private typealias Records = [(String, String)]

    private var partyRecords: Records {
        var list: Records = [("ledger", "\(ledger) \(origin) \(rules) \(header)")]
        if let policy { list.append(("policy", policy)) }
        for (name, isActive) in officials {
            list.append(("official/\(name)", "operator \(isActive ? "active" : "removed")"))
        }
        for (name, partner) in partners {
            list.append(
                ("partner/\(name)", "\(partner.state) \(partner.region) \(partner.invitedKey)")
            )
            for (number, account) in partner.accounts.enumerated() {
                let fields = account.split(separator: " ", maxSplits: 1)
                list.append(("account/\(name)/\(fields[0])/\(number)", String(fields[1])))
            }
        }
        for (id, program) in programs {
            list.append(("program/\(id)", "\(program.scale) \(program.status)"))
        }
        for act in pending {
            list.append(("pending/\(act.entry)", "\(act.payload.text("partner")) \(act.lapses)"))
        }
        for proposal in proposals {
            let value =
                "\(proposal.proposer) \(proposal.with) \(proposal.members.count) \(proposal.lapses)"
            list.append(("memberproposal/\(proposal.digest)", value))
        }
        return list
    }

    private var keyRecords: Records {
        let registered = keys.map { thumbprint, key in
            let revoked = key.revokedAt.map(String.init) ?? "-"
            let ends = [Self.optional(key.holdsFrom), revoked, Self.optional(key.holdsUntil)]
                .joined(separator: " ")
            return ("key/\(thumbprint)", "\(key.owner) \(key.use) \(key.addedAt) \(ends)")
        }
        return registered + logKeys.map { ("logkey/\($0)", "0 -") }
    }

    private static func optional(_ time: Timestamp?) -> String { time?.description ?? "-" }

    private var agreementRecords: Records {
        var list: Records = []
        for (hash, one) in agreements {
            let bound = one.boundAt.map(String.init) ?? "-"
            let ends = "\(Self.optional(one.supersededFrom)) \(Self.optional(one.terminatedFrom))"
            let signed = one.signed.joined(separator: ",")
            list.append(("agreement/\(hash)", "\(one.proposedAt) \(signed) \(bound) \(ends)"))
            if let total = total(of: one) { list.append(("total/\(hash)", total)) }
        }
        return list
    }

    private func total(of agreement: Agreement) -> String? {
        let mine = lines.filter { $0.agreement == agreement.hash && !$0.isGone }
        var numbers: [Int64] = []
        for part in [mine.filter { !$0.isHeld && $0.amount > 0 }, mine.filter(\.isHeld)] {
            numbers.append(Int64(part.count))
            numbers.append(part.reduce(0) { $0 + $1.debit })
            numbers.append(part.reduce(0) { $0 + $1.credit })
            numbers.append(part.reduce(0) { $0 + $1.bonus })
        }
        var funded: [Int64] = []
        for (index, bonus) in agreement.terms.list("bonuses").enumerated() {
            for number in bonus.list("funding").indices {
                let grants = mine.flatMap(\.grants).filter { $0.bonus == index }
                funded.append(grants.reduce(0) { $0 + $1.funded[number] })
            }
        }
        let reversals = Int64(mine.reduce(0) { $0 + $1.reversals })
        guard (numbers + funded + [reversals]).contains(where: { $0 != 0 }) else { return nil }
        let shares = funded.isEmpty ? "-" : funded.map(String.init).joined(separator: ",")
        return numbers.map(String.init).joined(separator: " ") + " \(shares) \(reversals)"
    }

    private var moneyRecords: Records {
        var pairs: Set<String> = Set(debts.map(\.pair))
        for line in lines { pairs.formUnion(line.charges.map(\.pair)) }
        var list: Records = []
        for pair in pairs {
            let sum = sum(pair)
            guard sum.posted != 0 || sum.held != 0 else { continue }
            let key = String(pair.map { $0 == ">" || $0 == " " ? "/" : $0 })
            list.append(
                ("exposure/\(key)", "\(Self.quotient(sum.posted)) \(Self.quotient(sum.held))")
            )
        }
        for (name, limit) in limits {
            let parts = [limit.cap, limit.percent].map { $0.map { String($0) } ?? "-" }
            list.append(("limit/\(Self.path(name))", parts.joined(separator: " ")))
        }
        for (name, cover) in covers where cover != 0 {
            list.append(("cover/\(Self.path(name))", "\(cover)"))
        }
        return list
    }

    private static func path(_ name: String) -> String { String(name.map { $0 == " " ? "/" : $0 }) }

    static func quotient(_ numerator: Int128) -> String {
        var pair = (numerator.magnitude, parts.magnitude)
        while pair.1 != 0 { pair = (pair.1, pair.0 % pair.1) }
        let divisor = Int128(pair.0)
        return "\(numerator / divisor)/\(parts / divisor)"
    }

    private var memberRecords: Records {
        members.map { name, state in
            let fields = name.split(separator: "|").map(String.init)
            let sides = fields[..<2].sorted {
                (partners[$0]?.number ?? 0) < (partners[$1]?.number ?? 0)
            }
            return ("member/\(sides[0])/\(sides[1])/\(fields[2])", state)
        }
    }

    private var lineRecords: Records {
        var list: Records = []
        for line in lines where !line.isGone {
            let numbers = "\(line.amount) \(line.debit) \(line.credit) \(line.bonus)"
            if line.isHeld {
                list.append(
                    ("hold/\(line.entry)/\(line.item)", "\(Self.optional(line.expiry)) \(numbers)")
                )
            }
            guard line.isKept, let posted = line.posted, let entry = line.postedEntry else {
                continue
            }
            let until = posted.advanced(
                byMilliseconds: (line.terms.number("reversalDays") ?? 0) * 86_400_000
            )
            if now <= until {
                list.append(("posting/\(entry)/\(line.item)", "\(until) \(numbers)"))
            }
        }
        return list
    }

    private var counterRecords: Records {
        var sums: [String: Int64] = [:]
        var distinct: Set<String> = []
        for line in lines where !line.isGone {
            for cap in line.terms.list("caps") where cap["group"] != nil {
                count(line, cap: cap, &sums)
            }
            for grant in line.grants {
                count(line, bonus: line.terms.list("bonuses")[grant.bonus], &sums, &distinct)
            }
            let end = line.terms.time("validTo") ?? .latest
            guard line.terms.flag("uniqueRef"), end > now else { continue }
            let name =
                "reference/\(line.debtor)/\(line.agreement)/source/transaction/0/pair/0/\(end)/0"
            sums["\(name)/\(Self.shortDigest(line.reference))", default: 0] += 1
        }
        return sums.filter { $0.value != 0 }.map { ("counter/\($0.key)", "\($0.value)") }
    }

    private func count(_ line: Line, cap: JSONValue, _ sums: inout [String: Int64]) {
        let offset = Int(line.terms.number("utcOffsetMinutes") ?? 0)
        let period = Self.period(cap, line.requested, offset)
        guard
            min(Self.end(of: cap.text("group"), line.terms), Self.end(of: cap, period, offset))
                > now
        else { return }
        let use = cap.text("unit") == "source" ? line.debit : line.credit + line.bonus
        let name =
            "\(Self.path(Self.name(of: cap, line.terms)))/\(period)/\(Self.subject(of: cap, line))"
        sums[name, default: 0] += use
    }

    private func count(
        _ line: Line,
        bonus: JSONValue,
        _ sums: inout [String: Int64],
        _ distinct: inout Set<String>
    ) {
        let group = bonus.text("group")
        let end = Self.end(of: group, line.terms)
        guard let token = line.tokens[group], end > now else { return }
        func name(_ purpose: String, _ subject: String, _ token: String) -> String {
            "\(purpose)/\(line.debtor)/\(group)/target/transaction/0/\(subject)/0/\(end)/0/\(token)"
        }
        if bonus.text("kind") == "once" { sums[name("once", "member", token), default: 0] += 1 }
        guard bonus["eligibility"]?["memberCount"] != nil else { return }
        sums[name("places", "member", token), default: 0] += 1
        if distinct.insert("\(line.debtor) \(group) \(end) \(token)").inserted {
            sums[name("places", "pair", UInt128(0).base64URL), default: 0] += 1
        }
    }

    /// The moment from which a period no longer counts.
    private static func end(of cap: JSONValue, _ period: Int, _ offset: Int) -> Timestamp {
        let day: CivilDate?
        switch cap.text("period") {
        case "month": day = CivilDate(year: (period + 1) / 12, month: (period + 1) % 12 + 1, day: 1)
        case "calendarYear": day = CivilDate(year: period + 1, month: 1, day: 1)
        case "rollingDays": day = CivilDate(days: period + Int(cap.number("days") ?? 1))
        default: day = CivilDate(days: period + 1)
        }
        return Timestamp(milliseconds: Int64(day?.days ?? 0) * 86_400_000 - Int64(offset) * 60_000)
    }
}
