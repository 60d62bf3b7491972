import Foundation
import Money
import Settlement
import Signing
import TestSupport
import Testing

@testable import Ledger

/// One random network and its nights, played on the book and on its naive twin.
struct NightGame {
    /// How often what happened.
    struct Count {
        var settled = 0
        var claims = 0
        var aborts = 0
        var objections = 0
        var carries = 0
        var trueUps = 0
        var setAside = 0

        static func += (left: inout Count, right: Count) {
            left.settled += right.settled
            left.claims += right.claims
            left.aborts += right.aborts
            left.objections += right.objections
            left.carries += right.carries
            left.trueUps += right.trueUps
            left.setAside += right.setAside
        }
    }

    /// A network with its agreements, before its first night.
    struct Base: Sendable {
        let night: NightStory
        let deals: [NightStory.Deal]
        let models: [SettlementModel]
        let prices: [(Int64, Int64)]
        let isDollar: [Bool]
        let minimum: Int
    }

    private let base: Base
    private var night: NightStory
    private var twin: NaiveNight
    private var random: RandomSource
    private var withdrawals: [(id: SettlementID, deal: Int, partner: String)] = []
    private let checksSnapshots: Bool
    private(set) var count = Count()
    /// What happened, for those who look for a fault.
    private(set) var journal: [String] = []

    static func base(_ number: Int) throws -> Base {
        var random = RandomSource(seed: UInt64(number) + 7_000)
        let partners = (0..<(3 + number % 3)).map { "p\($0)" }
        let minimum = [0, 700][number % 2]
        var policy: JSONValue = ["minimumPayment": .integer(Int64(minimum)), "carryMaxDays": 2]
        if number % 3 == 1 { policy = policy.with("plan", "direct") }
        var night = try NightStory.founded(
            partners: partners,
            policy: policy,
            seed: UInt64(number)
        )
        var deals: [NightStory.Deal] = []
        var models: [SettlementModel] = []
        var prices: [(Int64, Int64)] = []
        var dollars: [Bool] = []
        for (first, from) in partners.enumerated() {
            for (second, to) in partners.enumerated() where first != second {
                let model = [SettlementModel.multilateral, .multilateral, .bilateral, .gross][
                    Int(random.number(0...3))
                ]
                let bottoms: [Int64] = [1, 3, 7, 100]
                let price = (random.number(1...300), bottoms[Int(random.number(0...3))])
                let isDollar = random.chance(40)
                deals.append(
                    try night.deal(from, to, price: price) {
                        let terms = $0.with("settlement.model", .string(model.rawValue))
                            .with("settlement.disputeThreshold", 0)
                        return isDollar ? NightStory.converted(terms, "USD") : terms
                    }
                )
                models.append(model)
                prices.append(price)
                dollars.append(isDollar)
            }
        }
        return Base(
            night: night,
            deals: deals,
            models: models,
            prices: prices,
            isDollar: dollars,
            minimum: minimum
        )
    }

    init(_ base: Base, seed: UInt64) {
        self.base = base
        night = base.night
        random = RandomSource(seed: seed)
        checksSnapshots = seed % 50 == 0
        twin = NaiveNight(
            deals: base.deals.enumerated().map { place, deal in
                NaiveNight.Deal(
                    debtor: deal.debtor,
                    creditor: deal.creditor,
                    model: base.models[place],
                    isDollar: base.isDollar[place]
                )
            },
            minimum: base.minimum,
            carryMaxDays: 2
        )
    }

    mutating func play() throws {
        for _ in 0..<random.number(1...2) {
            for _ in 0..<random.number(1...5) { try send() }
            if random.chance(15) { try suspend() }
            try playNight(isCalm: false)
        }
        for partner in twin.suspended.sorted() { try reinstate(partner) }
        // What was set aside and carried ends after some nights more.
        for _ in 0..<8 where !isOver { try playNight(isCalm: true) }
        try #require(night.isEven && night.book.carries.isEmpty)
        try #require(twin.exposures.isEmpty)
    }

    private var isOver: Bool {
        twin.exposures.isEmpty && twin.carries.values.allSatisfy { $0.isEmpty }
    }

    private mutating func send() throws {
        let deal = Int(random.number(0...Int64(base.deals.count - 1)))
        let names = [base.deals[deal].debtor, base.deals[deal].creditor]
        guard twin.suspended.isDisjoint(with: names) else { return }
        let units = random.number(1...2_000)
        try night.send(base.deals[deal], units)
        let price = base.prices[deal]
        let value = Int(units * price.0) * (NaiveNight.scale / Int(price.1))
        twin.post(deal, value, window: night.window + 1)
        journal.append("send \(names) \(units) × \(price)")
    }

    private mutating func suspend() throws {
        let partner = base.deals[Int(random.number(0...Int64(base.deals.count - 1)))].debtor
        guard twin.suspended.insert(partner).inserted else { return }
        journal.append("suspend \(partner)")
        try night.sign(.partnerSuspend, ["subject": .string(partner), "reason": "security"])
    }

    private mutating func reinstate(_ partner: String) throws {
        journal.append("reinstate \(partner)")
        try night.sign(.partnerReinstate, ["subject": .string(partner)])
        twin.suspended.remove(partner)
        for place in twin.debts.indices
        where twin.debts[place].aside == .suspended {
            let deal = twin.deals[twin.debts[place].deal]
            let names: Set = [deal.debtor, deal.creditor]
            if twin.suspended.isDisjoint(with: names) { twin.debts[place].aside = nil }
        }
    }

    // MARK: - A night

    private mutating func playNight(isCalm: Bool) throws {
        try night.close()
        let window = night.window
        let rate = random.number(50...200)
        try night.fix([night.sheet([("USD", (rate, 100))], daysLater: -1)])
        twin.provisional[window] = Int(rate)
        journal.append("window \(window) at \(rate)")
        try check()
        for model in SettlementModel.allCases {
            guard twin.hasWork(model, until: window) else {
                #expect(throws: Fault.self) { try night.rehearse(model) }
                continue
            }
            try settle(model, isCalm: isCalm)
        }
        for withdrawal in withdrawals where isCalm || random.chance(50) {
            try withdraw(withdrawal)
        }
        let final = isCalm ? rate : random.number(50...200)
        let before = twin.debts.count
        try night.finalise([night.sheet([("USD", (final, 100))])])
        twin.finalise(window, rate: Int(final), open: window + 1)
        count.trueUps += twin.debts.count - before
        journal.append("final \(final)")
        try check()
    }

    private mutating func settle(_ model: SettlementModel, isCalm: Bool) throws {
        var (id, taken) = try calculate(model)
        if !isCalm, random.chance(15), let place = taken.first {
            (id, taken) = try object(to: place, id, taken, model)
        }
        if !isCalm, random.chance(15) {
            try abort(id, taken)
            guard twin.hasWork(model, until: night.window) else { return }
            (id, taken) = try calculate(model)
        }
        try night.collect(id)
        journal.append("collect \(id)")
        if try #require(night.book.settlement(id)).state == .collecting {
            if !isCalm, random.chance(15) {
                try night.payAll(id)
                try abort(id, taken)
                (id, taken) = try calculate(model)
                try night.collect(id)
            }
            try pay(id, isCalm: isCalm)
            try check(releasing: taken, whenPaid: id)
            try night.commit(id)
            for place in taken { twin.debts[place].isReleased = true }
            try check()
            try night.payAll(id)
        }
        for place in taken { twin.debts[place].isReleased = true }
        try end(id, model)
    }

    /// What must hold of a settlement that is over.
    private mutating func end(_ id: SettlementID, _ model: SettlementModel) throws {
        let record = try #require(night.book.settlement(id))
        try #require(record.state == (record.claims.isEmpty ? .settled : .partlySettled))
        let outcome = twin.legs(settled[id] ?? [], model, window: id.window)
        twin.carries[model] = outcome.carries
        let carried = night.book.carries.filter { $0.model == model }
        try #require(carried.count == outcome.carries.count)
        for carry in carried {
            try #require(Int(carry.amount) == outcome.carries[carry.key.text]?.amount)
        }
        count.settled += 1
        count.carries += carried.count
        try check()
    }

    /// The debts of each settlement by their places in the twin.
    private var settled: [SettlementID: [Int]] = [:]

    private mutating func calculate(
        _ model: SettlementModel
    ) throws -> (SettlementID, [Int]) {
        let aside = twin.debts.count { $0.aside != nil }
        let taken = twin.take(model, until: night.window)
        count.setAside += twin.debts.count { $0.aside != nil } - aside
        let id = try night.calculate(model)
        journal.append("calculate \(id)")
        settled[id] = taken
        try compare(id, taken)
        return (id, taken)
    }

    private func compare(_ id: SettlementID, _ taken: [Int]) throws {
        let record = try #require(night.book.settlement(id))
        let outcome = twin.legs(taken, id.model, window: id.window)
        try #require(Int(record.result.figures.gross) == outcome.gross)
        try #require(record.result.figures.debts == taken.count)
        try #require(record.result.participants.reduce(0) { $0 + $1.position } == 0)
        for participant in record.result.participants {
            try #require(Int(participant.due) == outcome.dues[participant.name] ?? 0)
        }
        let dues = record.result.participants.reduce(0) { $0 + $1.due }
        try #require(dues + record.result.figures.float == 0)
        try #require(record.legs.allSatisfy { $0.amount > 0 })
        let amounts = taken.compactMap { twin.debts[$0].amount }.sorted()
        try #require(night.book.debts(in: id).map { Int($0.amount) }.sorted() == amounts)
        try compareLeaves(id, record)
    }

    /// Positions as the lines of the leaves sum to, and the root as recursion gives it.
    private func compareLeaves(_ id: SettlementID, _ record: SettlementRecord) throws {
        let leaves = night.book.leaves(in: id)
        try #require(Self.root(leaves.map(\.hash)[...]) == record.result.figures.root)
        for (leaf, participant) in zip(leaves, record.result.participants) {
            var position: Int128 = 0
            for line in String(decoding: leaf.bytes, as: UTF8.self).split(separator: "\n") {
                let fields = line.split(separator: " ")
                guard fields[0] == "debt", let amount = Int128(fields[9]) else { continue }
                position += fields[4] == participant.name ? amount : -amount
            }
            try #require(position == participant.position)
        }
    }

    private static func root(_ hashes: ArraySlice<Digest>) -> Digest {
        guard let first = hashes.first else { return DigestBuilder.digest([]) }
        guard hashes.count > 1 else { return first }
        var half = 1
        while half * 2 < hashes.count { half *= 2 }
        let parts = [hashes.prefix(half), hashes.dropFirst(half)].map(root)
        return DigestBuilder.digest([1] + parts[0].bytes + parts[1].bytes)
    }

    private mutating func object(
        to place: Int,
        _ id: SettlementID,
        _ taken: [Int],
        _ model: SettlementModel
    ) throws -> (SettlementID, [Int]) {
        let deal = twin.debts[place].deal
        try night.act(.settlementAdvise, id)
        try night.sign(
            .settlementObject,
            by: base.deals[deal].creditor,
            SetAsideTests.objection(id, base.deals[deal], 1)
        )
        journal.append("object to \(base.deals[deal].debtor)>\(base.deals[deal].creditor)")
        count.objections += 1
        withdrawals.append((id, deal, base.deals[deal].creditor))
        let left = taken.filter { twin.debts[$0].deal != deal }
        for place in taken where twin.debts[place].deal == deal {
            twin.debts[place].aside = .objected
            twin.debts[place].amount = nil
        }
        try #require(try night.calculate(model) == id)
        settled[id] = left
        try compare(id, left)
        return (id, left)
    }

    private mutating func withdraw(
        _ withdrawal: (id: SettlementID, deal: Int, partner: String)
    ) throws {
        try night.sign(
            .settlementWithdraw,
            by: withdrawal.partner,
            NightStory.members(
                withdrawal.id,
                ["agreement": .string(base.deals[withdrawal.deal].terms.base64URL)]
            )
        )
        withdrawals.removeAll { $0.id == withdrawal.id && $0.deal == withdrawal.deal }
        for place in twin.debts.indices
        where twin.debts[place].deal == withdrawal.deal && twin.debts[place].aside == .objected {
            twin.debts[place].aside = nil
        }
    }

    private mutating func abort(_ id: SettlementID, _ taken: [Int]) throws {
        try night.act(.settlementAbort, id, ["reason": "error"])
        journal.append("abort \(id)")
        for place in taken { twin.debts[place].amount = nil }
        count.aborts += 1
        try check()
        for leg in try #require(night.book.settlement(id)).legs where leg.paid > 0 {
            try night.pay(id, leg.payee, leg.payer, Int64(leg.paid))
        }
        try #require(night.book.settlement(id)?.state == .aborted)
    }

    /// Payers pay; one may fail, and its recalls are paid.
    private mutating func pay(_ id: SettlementID, isCalm: Bool) throws {
        let legs = try #require(night.book.settlement(id)).legs.filter { !$0.isPayout }
        if !isCalm, random.chance(30), let leg = random.pick(legs),
            !twin.suspended.contains(leg.payer)
        {
            if random.chance(50) {
                let cover = random.number(1...2 * Int64(leg.amount))
                try night.story.take(night.story.network.cover(of: leg.payer, amount: cover))
            }
            if leg.amount > 1 {
                try night.pay(id, leg.payer, leg.payee, random.number(1...Int64(leg.amount) - 1))
            }
            let exposures = night.book.exposureStatement()
            try night.claim(id, leg.payer)
            journal.append("claim \(leg.payer)")
            twin.suspended.insert(leg.payer)
            count.claims += 1
            let claim = try #require(night.book.claims.last)
            try #require(claim.shares.reduce(0) { $0 + $1.amount } == claim.uncovered)
            for share in claim.shares where share.claimant != "operator/float" {
                let line = exposures.first {
                    $0.creditor == share.claimant && $0.debtor == leg.payer
                        && $0.currency == id.currency
                }
                try #require(share.amount <= line?.exposure ?? 0)
            }
        }
        try night.payAll(id)
    }

    // MARK: - Checks

    /// While it collects: debts of who paid all of its legs are released.
    private mutating func check(releasing taken: [Int], whenPaid id: SettlementID) throws {
        let legs = try #require(night.book.settlement(id)).legs
        let calculated = try #require(night.book.settlement(id)).result.legs
        for place in taken {
            let debtor = twin.deals[twin.debts[place].deal].debtor
            let hadLegs = (legs + calculated).contains { $0.payer == debtor }
            if hadLegs { twin.debts[place].isReleased = true }
        }
        try check()
    }

    /// Exposures are those of the twin, and a restored book is the same.
    private func check() throws {
        var sums: [String: Int] = [:]
        for exposure in night.book.exposures.list where exposure.posted != 0 {
            let names = [exposure.debtor, exposure.creditor].map(night.book.registry.name)
            sums["\(names[0])>\(names[1]) \(exposure.currency)"] = Int(
                exposure.posted * Int128(NaiveNight.scale) / Int128(exposure.denominator)
            )
        }
        try #require(sums == twin.exposures)
        guard checksSnapshots else { return }
        let data = try JSONEncoder().encode(night.book.snapshot)
        var book = Book(restoring: try JSONDecoder().decode(BookSnapshot.self, from: data))
        var pages = night.book
        pages.markAllChanged()
        pages.takeChangedPages { _ = book.load($0, page: $1, $2) }
        book.finishLoading()
        try #require(book.stateDigest() == night.book.stateDigest())
    }
}
