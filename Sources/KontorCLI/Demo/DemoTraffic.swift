internal import KontorEngine
internal import Ledger
internal import Signing

/// What the partners send, tick by tick: transfers, what becomes of their holds, reversals, and
/// mistakes.
///
/// It plans from a seed and from the answers so far, and never from time or order of threads.
struct DemoTraffic {
    /// What a creditor does later about accepted items.
    enum FollowUp: Sendable {
        case commit(agreement: Int, hold: UInt64, items: [(number: Int, item: DemoItem)])
        case void(agreement: Int, hold: UInt64, numbers: [Int])
        case reverse(agreement: Int, entry: UInt64, number: Int, item: DemoItem)
    }

    let ledger: DemoLedger
    var agreements: [DemoAgreement]
    var random: DemoRandom
    /// What falls due at each tick; what falls due later never happens, and its holds expire.
    var followUps: [[FollowUp]]
    let ticksPerDay: Int
    var tick = 0
    /// The version that a newer one replaced, and the place of that.
    var stale: (terms: Digest, agreement: Int)?
    /// A partner whose old key was revoked, and that key.
    var rotated: (partner: String, old: DemoKey)?
    var suspended: String?
    /// A single that was accepted lately, for repetitions and for ids used twice.
    var recent: (entry: DemoEntry, text: [UInt8])?
    private(set) var tally = DemoTally()
    var referenceCount = 0
    private var cumulativeWeights: [Int] = []

    init(_ ledger: DemoLedger, _ agreements: [DemoAgreement], ticks: Int, ticksPerDay: Int) {
        self.ledger = ledger
        self.agreements = agreements
        self.ticksPerDay = ticksPerDay
        random = DemoRandom(seed: ledger.random.next())
        followUps = Array(repeating: [], count: ticks)
        weigh()
    }

    /// Counts the weights anew, after one of them changed.
    mutating func weigh() {
        var sum = 0
        cumulativeWeights = agreements.map { agreement in
            sum += agreement.weight
            return sum
        }
    }

    /// Plans, signs and submits what falls due at this tick, with so many new transfers.
    mutating func run(tick: Int, transfers quota: Int) throws {
        self.tick = tick
        followFixing()
        var entries = try followUps[tick].compactMap { try follow($0) }
        followUps[tick] = []
        var planned = 0
        while planned < quota {
            guard let entry = try plan(atMost: quota - planned) else { continue }
            planned += entry.itemCount
            entries.append(entry)
        }
        let id = ledger.id
        let texts = try DemoLedger.inParallel(entries) { try $0.text(ledger: id) }
        let answers = try ledger.submit(texts)
        for (place, entry) in entries.enumerated() {
            tally.note(entry, answers[place], isHold: isHold(entry))
            if case .accepted(let accepted) = answers[place] { schedule(entry, accepted.index) }
            if case .accepted = answers[place], entry.itemCount == 1 {
                recent = (entry, texts[place])
            }
        }
    }

    private func isHold(_ entry: DemoEntry) -> Bool {
        if case .transfers(let place, _, _, _, _) = entry.content {
            agreements[place].isHold
        } else {
            false
        }
    }

    /// The next submission of new transfers, now and then with a mistake.
    private mutating func plan(atMost limit: Int) throws -> DemoEntry? {
        guard let place = pickAgreement() else { return nil }
        let isBatch = limit > 1 && !agreements[place].isSingle && random.permille(36)
        guard isBatch else {
            if random.permille(78), let mistake = random.element(of: DemoMistake.allCases) {
                return try plan(mistake)
            }
            return try entry(place, count: 1)
        }
        guard var entry = try entry(place, count: min(limit, random.number(20...200))) else {
            return nil
        }
        if random.permille(12), let mistake = random.element(of: DemoMistake.ofItems) {
            spoil(&entry, mistake)
        }
        return entry
    }

    /// An agreement by weight, or nil when its debtor takes on no debt at present.
    mutating func pickAgreement() -> Int? {
        guard let sum = cumulativeWeights.last, sum > 0 else { return nil }
        let draw = random.below(sum)
        var (low, high) = (0, cumulativeWeights.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if cumulativeWeights[middle] > draw { high = middle } else { low = middle + 1 }
        }
        return agreements[low].debtor == suspended ? nil : low
    }

    /// A submission of transfers under an agreement, or nil if no amount fits.
    mutating func entry(_ place: Int, count: Int) throws -> DemoEntry? {
        let items = (0..<count).compactMap { _ in item(place) }
        guard !items.isEmpty else { return nil }
        let agreement = agreements[place]
        return DemoEntry(
            content: .transfers(
                agreement: place,
                terms: agreement.hash,
                facts: facts(of: agreement),
                channel: agreement.channel,
                items: items
            ),
            signer: agreement.debtor,
            id: try ledger.newID(),
            key: try ledger.key(of: agreement.debtor),
            fixing: agreement.fixed?.now.fixing
        )
    }

    /// What the items of an agreement attest; lots are three days old.
    func facts(of agreement: DemoAgreement) -> JSONValue? {
        guard let facts = agreement.facts, facts["lotDate"] != nil else { return agreement.facts }
        let day = CivilDate(days: ledger.now.date().days - 3)
        return facts.setting("lotDate", to: .string(day.description))
    }
}
