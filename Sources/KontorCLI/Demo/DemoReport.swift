internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// What a demonstration did, in numbers.
struct DemoReport: Sendable {
    /// What went from one partner to another, at the price that they agreed on.
    struct Flow: Sendable {
        let from: String
        let to: String
        let currency: Currency
        var debit: Int64 = 0
        var credit: Int64 = 0
        /// Minor units, each agreement rounded half-even.
        var value: Int128 = 0
        var items: Int64 = 0
    }

    let seed: UInt64
    let ledger: Digest
    let entries: UInt64
    let firstTime: Timestamp
    let lastTime: Timestamp
    let partners: Int
    let es256Partners: Int
    let programs: Int
    let agreementsByKind: [(kind: String, count: Int)]
    let versions: Int
    let members: Int
    let waitingItems: Int
    let counters: Int
    let tally: DemoTally
    let flows: [Flow]
    let positions: [PositionLine]
    let nets: [MultilateralNet]
    let nights: [NightLine]
    let fixedRates: [FixedRateLine]
    let trueUps: [TrueUpLine]
    let stateDigest: Digest
    /// An agreement that is in use, and an amount to ask it about.
    let example: (terms: Digest, amount: Int64)?
    var checkpoint = ""
    var root = Digest.zero
    var foundingSeconds = Duration.zero
    var trafficSeconds = Duration.zero
    /// Programmes with a value at the last fixing, by rule.
    var valueCounts: [(rule: ValueRule, programs: Int)] = []
    var audit: DemoAudit?
    var proof: DemoProof?
    var books: DemoReconciliation?

    init(
        _ book: inout Book,
        _ traffic: DemoTraffic,
        _ network: DemoNetwork,
        _ fixings: [DemoFixing],
        seed: UInt64
    ) {
        self.seed = seed
        ledger = traffic.ledger.id
        entries = book.size
        firstTime = DemoLedger.start
        lastTime = book.time
        partners = book.partners.count
        es256Partners = book.partners.indices.count {
            DemoFounding.algorithm(ofPartner: $0) == .es256
        }
        programs = network.programs.count
        agreementsByKind = Terms.Kind.allCases.map { kind in
            (kind.rawValue, network.agreements.count { $0.kind == kind })
        }
        let lines = book.agreements
        versions = lines.count
        let counts = book.counts
        members = counts.members
        waitingItems = counts.holds
        counters = counts.counters
        tally = traffic.tally
        flows = Self.flows(lines, traffic.agreements)
        positions = book.positions
        nets = MultilateralNet.nets(
            of: positions.map {
                Obligation(
                    debtor: $0.debtor,
                    creditor: $0.creditor,
                    currency: $0.currency,
                    minorUnits: $0.posted
                )
            }
        )
        nights = Self.nights(book)
        trueUps = Self.trueUps(book)
        fixedRates = Self.fixedRates(fixings, traffic.agreements, lines)
        valueCounts = fixings.last?.valueCounts ?? []
        stateDigest = book.stateDigest()
        example = Self.example(traffic.agreements)
    }

    /// The agreement with the most traffic among those that need neither facts nor a channel.
    private static func example(_ agreements: [DemoAgreement]) -> (terms: Digest, amount: Int64)? {
        let plain = agreements.filter { $0.facts == nil && $0.channel == nil && $0.groups.isEmpty }
        return plain.max { $0.weight < $1.weight }.map { agreement in
            let increment = agreement.increment ?? 1
            let steps = max(0, 12_345 - agreement.minimum) / increment
            return (agreement.hash, agreement.minimum + steps * increment)
        }
    }

    /// Posted units by pair of partners and currency, those with most units debited first.
    private static func flows(_ lines: [AgreementLine], _ agreements: [DemoAgreement]) -> [Flow] {
        var flows: [String: Flow] = [:]
        for line in lines where line.items > 0 {
            guard let agreement = agreements.first(where: { $0.hash == line.version.hash }),
                let price = agreement.price, let currency = agreement.currency
            else { continue }
            let pair = "\(agreement.debtor) \(agreement.creditor) \(currency)"
            var flow =
                flows[pair]
                ?? Flow(from: agreement.debtor, to: agreement.creditor, currency: currency)
            let units = Int128(agreement.kind == .redeem ? line.debit : line.credit + line.bonus)
            flow.debit += line.debit
            flow.credit += line.credit + line.bonus
            flow.items += line.items
            flow.value += (units * Int128(price.numerator))
                .divided(by: Int128(price.denominator), rounding: .halfEven)
            flows[pair] = flow
        }
        return flows.values.sorted {
            ($1.debit, $0.from, $0.to, $0.currency) < ($0.debit, $1.from, $1.to, $1.currency)
        }
    }

    /// The largest positions of each currency.
    func largestPositions(perCurrency count: Int) -> [PositionLine] {
        nets.flatMap { net in
            positions.filter { $0.currency == net.currency }
                .sorted {
                    ($1.posted, $0.debtor, $0.creditor) < ($0.posted, $1.debtor, $1.creditor)
                }
                .prefix(count)
        }
    }

    /// Held items whose creditor let their time pass.
    var expired: Int { tally.held - tally.committed - tally.voided - waitingItems }

    /// Whether all that a demonstration promises came true.
    var holds: Bool {
        audit?.holds == true && audit?.stateDigest == stateDigest && tally.accepted > 0
            && nights.allSatisfy { $0.state == .settled } && proof?.holds != false
            && books?.holds != false
            && nets.allSatisfy { net in net.participants.reduce(0) { $0 + $1.net } == 0 }
    }
}
