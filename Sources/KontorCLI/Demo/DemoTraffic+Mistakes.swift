internal import Ledger
internal import Money
internal import Signing

/// Submissions that should be refused, or answered as known.
extension DemoTraffic {
    /// A single with a mistake; without one where the mistake is not possible yet.
    mutating func plan(_ mistake: DemoMistake) throws -> DemoEntry? {
        switch mistake {
        case .repeated:
            guard let recent else { return nil }
            var entry = recent.entry
            entry.content = .repeated(text: recent.text)
            return entry
        case .reusedID: return try reuse()
        case .staleTerms: return try planStale()
        case .staleRates: return try planStaleRates()
        case .capExceeded: return try planOverCap()
        case .creditLine: return try planOverLine()
        case .suspended, .revokedKey: return try planBySigner(mistake)
        case .belowMinimum, .offIncrement:
            let fitting = agreements.indices.filter { place in
                let agreement = agreements[place]
                return agreement.weight > 0 && agreement.debtor != suspended
                    && (mistake == .belowMinimum
                        ? agreement.minimum > 1 : agreement.increment ?? 1 > 1)
            }
            guard let place = random.element(of: fitting) else { return nil }
            return try spoiled(place, mistake)
        default:
            guard let place = pickAgreement() else { return nil }
            return try spoiled(place, mistake)
        }
    }

    private mutating func spoiled(_ place: Int, _ mistake: DemoMistake) throws -> DemoEntry? {
        guard var entry = try entry(place, count: 1) else { return nil }
        entry.mistake = mistake
        switch mistake {
        case .foreignKey: entry.key = try ledger.key(of: agreements[place].creditor)
        case .oldID: entry.id = try ledger.newID(before: 2 * 86_400_000)
        default: spoil(&entry, mistake)
        }
        return entry
    }

    /// Spoils one item.
    mutating func spoil(_ entry: inout DemoEntry, _ mistake: DemoMistake) {
        guard
            case .transfers(let place, let terms, let facts, let channel, var items) = entry.content
        else { return }
        let number = random.below(items.count)
        switch mistake {
        case .wrongDebit: items[number].debit += 1
        case .belowMinimum where agreements[place].minimum > 1:
            items[number].amount = agreements[place].minimum - 1
        case .offIncrement where agreements[place].increment ?? 1 > 1: items[number].amount += 1
        case .unknownMember: items[number].member = random.identifier()
        case .wrongCredit, .belowMinimum, .offIncrement: items[number].credit += 1
        default: return
        }
        entry.content = .transfers(
            agreement: place,
            terms: terms,
            facts: facts,
            channel: channel,
            items: items
        )
    }

    /// Another amount under an id that was used.
    private mutating func reuse() throws -> DemoEntry? {
        guard let recent, case .transfers(let place, _, _, _, _) = recent.entry.content,
            recent.entry.mistake == nil, var entry = try entry(place, count: 1)
        else { return nil }
        entry.id = recent.entry.id
        return entry
    }

    /// Transfers under a version that another one replaced.
    private mutating func planStale() throws -> DemoEntry? {
        guard let stale, var entry = try entry(stale.agreement, count: 1),
            case .transfers(let place, _, let facts, let channel, let items) = entry.content
        else { return nil }
        entry.content = .transfers(
            agreement: place,
            terms: stale.terms,
            facts: facts,
            channel: channel,
            items: items
        )
        return entry
    }

    /// A transfer at the rates of the night before.
    private mutating func planStaleRates() throws -> DemoEntry? {
        let moved = agreements.indices.filter {
            agreements[$0].fixed?.before != nil && agreements[$0].debtor != suspended
        }
        guard let place = random.element(of: moved), var entry = try entry(place, count: 1) else {
            return nil
        }
        entry.fixing = agreements[place].fixed?.before?.fixing
        return entry
    }

    private mutating func planOverCap() throws -> DemoEntry? {
        let capped = agreements.indices.filter {
            !agreements[$0].caps.isEmpty && agreements[$0].debtor != suspended
        }
        guard let place = random.element(of: capped), let cap = agreements[place].caps.first else {
            return nil
        }
        return try single(place, above: Int128(cap.amount))
    }

    /// A typing error: some zeros too many, and more than the debtor may owe.
    private mutating func planOverLine() throws -> DemoEntry? {
        let plain = agreements.indices.filter { place in
            agreements[place].caps.isEmpty && agreements[place].creditLine != nil
                && agreements[place].weight > 0
                && agreements[place].debtor != suspended && !agreements[place].dependsOnHistory
        }
        guard let place = random.element(of: plain), let line = agreements[place].creditLine,
            let price = agreements[place].price
        else { return nil }
        let ratio = agreements[place].ratio ?? .one
        let units = Int128(line) * Int128(price.denominator) / Int128(price.numerator)
        return try single(
            place,
            above: units * Int128(ratio.denominator) / Int128(ratio.numerator) * 2
        )
    }

    /// A single of more than an amount.
    private mutating func single(_ place: Int, above amount: Int128) throws -> DemoEntry? {
        let increment = agreements[place].increment ?? 1
        let steps = (amount - Int128(agreements[place].minimum)) / Int128(increment) + 1
        let total = Int128(agreements[place].minimum) + max(0, steps) * Int128(increment)
        guard let amount = Int64(exactly: total),
            let member = random.element(of: agreements[place].members),
            var item = quote(place, member: member, amount: amount),
            var entry = try entry(place, count: 1),
            case .transfers(_, let terms, let facts, let channel, _) = entry.content
        else { return nil }
        if agreements[place].needsReference { item.reference = reference() }
        entry.content = .transfers(
            agreement: place,
            terms: terms,
            facts: facts,
            channel: channel,
            items: [item]
        )
        return entry
    }

    /// What a suspended partner sends, or one that signs with its old key.
    private mutating func planBySigner(_ mistake: DemoMistake) throws -> DemoEntry? {
        guard let signer = mistake == .suspended ? suspended : rotated?.partner else { return nil }
        if mistake == .revokedKey, signer == suspended { return nil }
        let places = agreements.indices.filter {
            agreements[$0].debtor == signer && agreements[$0].weight > 0
        }
        guard let place = random.element(of: places), var entry = try entry(place, count: 1) else {
            return nil
        }
        if mistake == .revokedKey, let rotated { entry.key = rotated.old }
        return entry
    }
}
