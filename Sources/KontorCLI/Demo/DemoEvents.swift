internal import KontorEngine
internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// What happens in the registry while transfers go on: a rotated key, a devalued rate, a suspension
/// and its end.
struct DemoEvents {
    private var pending: [(day: Int, event: Event)] = [
        (2, .rotation), (3, .devaluation), (5, .succession), (8, .suspension), (10, .reinstatement),
        (11, .publication),
    ]
    private var successor: (place: Int, version: DemoAgreement)?

    private enum Event {
        case rotation, devaluation, succession, suspension, reinstatement, publication
    }

    /// Lets everything happen that is due on a day, counted from 0.
    mutating func run(day: Int, _ traffic: inout DemoTraffic) throws {
        while let next = pending.first, next.day <= day {
            pending.removeFirst()
            switch next.event {
            case .rotation: try rotate(&traffic)
            case .devaluation: try devalue(&traffic)
            case .succession: succeed(&traffic)
            case .suspension: try suspend(&traffic)
            case .reinstatement: try reinstate(&traffic)
            case .publication: try publish(traffic)
            }
        }
    }

    /// The debtors, the one with the most traffic first.
    private func debtors(_ traffic: DemoTraffic) -> [String] {
        var weights: [String: Int] = [:]
        for agreement in traffic.agreements {
            weights[agreement.debtor, default: 0] += agreement.weight
        }
        return weights.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }

    /// A partner adds a key with its old one; its recovery key revokes that.
    private func rotate(_ traffic: inout DemoTraffic) throws {
        let ledger = traffic.ledger
        let partner = debtors(traffic)[1]
        let old = try ledger.key(of: partner)
        let new = try DemoKey(seed: ledger.seed, name: partner, use: "entries 2")
        var adding = try ledger.draft(.keyAdd, by: partner)
        adding.members = [
            JSONMember(name: "add", value: try new.offer(in: adding, use: .entries, owner: partner))
        ]
        try ledger.enter([adding])
        ledger.setKey(try DemoKey(seed: ledger.seed, name: partner, use: "recovery"), of: partner)
        let thumbprint = JSONValue.string(old.thumbprint.base64URL)
        try ledger.enter([try ledger.draft(.keyRevoke, by: partner, ["thumbprint": thumbprint])])
        ledger.setKey(new, of: partner)
        traffic.rotated = (partner, old)
    }

    /// Both sides sign a new version with four fifths of the rate, from two days later on.
    private mutating func devalue(_ traffic: inout DemoTraffic) throws {
        let ledger = traffic.ledger
        let candidates = traffic.agreements.indices.filter { place in
            let agreement = traffic.agreements[place]
            return agreement.ratio != nil && !agreement.dependsOnHistory && agreement.caps.isEmpty
                && agreement.debtor != agreement.creditor && !agreement.isHold
                && !agreement.isSingle
        }
        guard
            let place = candidates.max(by: {
                traffic.agreements[$0].weight < traffic.agreements[$1].weight
            }),
            let ratio = traffic.agreements[place].ratio
        else { return }
        var version = traffic.agreements[place]
        let start = DemoLedger.start.advanced(byMilliseconds: 5 * 86_400_000)
        let lower: JSONValue = [
            "numerator": .integer(ratio.numerator * 4),
            "denominator": .integer(ratio.denominator * 5),
        ]
        try version.setTerms(
            version.json.setting("validFrom", to: .string(start.description))
                .setting("conversion", "ratio", "fixed", to: lower)
        )
        let proposal = try ledger.draft(
            .agreementPropose,
            by: version.debtor,
            [
                "acceptBy": .string(ledger.now.advanced(byMilliseconds: 86_400_000).description),
                "supersedes": .string(version.hash.base64URL), "terms": version.json,
            ]
        )
        try ledger.enter([proposal])
        version.hash = DigestBuilder.digest(proposal.payload)
        let hash = JSONValue.string(version.hash.base64URL)
        for party in version.parties where party != version.debtor {
            try ledger.enter([try ledger.draft(.agreementAccept, by: party, ["agreement": hash])])
        }
        successor = (place, version)
    }

    /// The new version holds.
    private func succeed(_ traffic: inout DemoTraffic) {
        guard let successor else { return }
        traffic.stale = (traffic.agreements[successor.place].hash, traffic.agreements.count)
        traffic.agreements.append(successor.version)
        traffic.agreements[successor.place].weight = 0
        traffic.weigh()
    }

    private func suspend(_ traffic: inout DemoTraffic) throws {
        // The sixth, or the last of a small network.
        guard let partner = debtors(traffic).prefix(6).last else { return }
        try traffic.ledger.enterByFourEyes([
            (.partnerSuspend, ["subject": .string(partner), "reason": "compliance"])
        ])
        traffic.suspended = partner
    }

    private func reinstate(_ traffic: inout DemoTraffic) throws {
        guard let partner = traffic.suspended else { return }
        try traffic.ledger.enterByFourEyes([(.partnerReinstate, ["subject": .string(partner)])])
        traffic.suspended = nil
    }

    /// Programmes whose rates others take publish that a unit is worth some hundredths more.
    private func publish(_ traffic: DemoTraffic) throws {
        let ledger = traffic.ledger
        let until = ledger.now.advanced(byMilliseconds: 30 * 86_400_000)
        let programs = Set(
            traffic.agreements.filter { $0.weightWhenFixed != nil }.flatMap { agreement in
                [agreement.json["from"]?.string, agreement.json["to"]?.string].compactMap { $0 }
            }
        )
        let known = ledger.engine.read { $0.fixing?.lines ?? [] }.compactMap { line in
            programs.contains(line.values.program)
                ? line.publication.map { (line.values.program, $0) } : nil
        }
        try ledger.enter(
            try known.enumerated().map { number, published in
                let (program, rate) = published
                let value: JSONValue = [
                    "numerator": .integer(rate.bid.numerator * (103 - 2 * Int64(number % 5))),
                    "denominator": .integer(rate.bid.denominator * 100),
                ]
                let partner = String(program.prefix { $0 != "/" })
                let members: JSONValue = [
                    "program": .string(program), "currency": .string(rate.currency.code),
                    "bid": value, "ask": value, "validFrom": .string(ledger.now.description),
                    "validTo": .string(until.description),
                ]
                return try ledger.draft(.ratesPublish, by: partner, members)
            }
        )
    }
}
