import Money
import Settlement
import Signing
import TestSupport
import Testing

@testable import Ledger

/// A network under rule set 2 whose nights a test walks through.
///
///     var night = try NightStory.founded()
///     let deal = try night.deal("nordwind", "harbour")
///     try night.send(deal, 500)
///     let id = try night.settle()
struct NightStory: Sendable {
    var story: NetworkStory
    /// The number of the last window that was closed.
    private(set) var window: UInt64 = 0

    /// An agreement, and a member of its pair.
    struct Deal: Sendable {
        let debtor: String
        let creditor: String
        let terms: Digest
        let member: String
    }

    static let calendar = "network"
    static let start = Network.start.advanced(byMilliseconds: 7 * 86_400_000)

    var book: Book { story.ledger.book }

    /// A ledger with partners, accounts in each currency, and daily cut-offs at 15:00.
    static func founded(
        partners: [String] = ["cafe", "harbour", "nordwind"],
        currencies: [String] = ["EUR", "USD"],
        policy: JSONValue = ["minimumPayment": 0, "carryMaxDays": 30],
        threshold: Int64 = 1,
        signs: Bool = false,
        seed: UInt64 = 1
    ) throws -> NightStory {
        var network = Network(seed: seed)
        network.signs = signs
        var night = NightStory(story: NetworkStory(network))
        let genesis = night.story.network.genesis(threshold: threshold, currencies: currencies) {
            $0 = $0.with("rules", 2)
        }
        try night.story.take(genesis)
        for partner in partners {
            try night.story.admit(partner)
            for currency in currencies { try night.account(of: partner, currency) }
        }
        try night.publishCalendar()
        try night.sign(.networkPolicy, policy)
        night.story.network.now = start
        return night
    }

    private mutating func publishCalendar() throws {
        let cutoffs = (0..<200).map { Self.cutoff(UInt64($0) + 1) }
        try sign(
            .calendarPublish,
            [
                "calendar": .string(Self.calendar),
                "cutoffs": .array(cutoffs.map { .string($0.description) }),
                "businessDays": .array(cutoffs.map { .string($0.date().description) }),
            ]
        )
    }

    /// The cut-off of a window: 15:00 of its day.
    static func cutoff(_ window: UInt64) -> Timestamp {
        start.advanced(byMilliseconds: (Int64(window) - 1) * 86_400_000 + 7 * 3_600_000)
    }

    /// Signs and takes an entry, of an operator if no one else is named.
    @discardableResult
    mutating func sign(
        _ kind: Kind,
        by signer: String = "operator-a",
        _ members: JSONValue
    ) throws -> UInt64 {
        let text = story.network.sign(kind, by: signer, members)
        let entry = try story.take(text)
        // Approves what waits.
        if book.registry.pending.contains(where: { $0.entry == entry }) {
            try story.take(story.network.approve(entry))
        }
        return entry
    }

    private mutating func account(of partner: String, _ currency: String) throws {
        let commitment = Self.commitment(of: partner, currency)
        try sign(
            .partnerAccount,
            by: partner,
            ["currency": .string(currency), "commitment": .string(commitment.base64URL)]
        )
    }

    static func commitment(of partner: String, _ currency: String) -> Digest {
        DigestBuilder.digest(Array("account \(partner) \(currency)".utf8))
    }

    /// An agreement, of points of the debtor against points of the creditor.
    mutating func deal(
        _ debtor: String,
        _ creditor: String,
        price: (Int64, Int64) = (1, 1),
        change: (JSONValue) -> JSONValue = { $0 }
    ) throws -> Deal {
        let terms = NetworkTerms.exchange(from: debtor, to: creditor)
            .with("settlement.price", ["fixed": NetworkTerms.rate(price.0, price.1)])
        let hash = try story.agree(change(terms))
        return Deal(
            debtor: debtor,
            creditor: creditor,
            terms: hash,
            member: try story.member(debtor, creditor)
        )
    }

    /// Transfers so many units.
    @discardableResult
    mutating func send(_ deal: Deal, _ units: Int64) throws -> UInt64 {
        let items = [Network.item(deal.member, amount: units)]
        return try story.take(
            story.network.transfers(from: deal.debtor, terms: deal.terms, items: items)
        )
    }
}

// MARK: - Steps of a night

extension NightStory {
    /// Waits for the next cut-off, and closes the window there.
    mutating func close() throws {
        let cutoff = Self.cutoff(window + 1)
        if story.network.now < cutoff { story.network.now = cutoff }
        var members: JSONValue = [
            "calendar": .string(Self.calendar),
            "start": .integer(Int64(book.nights.calendars[Self.calendar]?.openStart ?? 0)),
            "cutoff": .string(cutoff.description),
            "seed": .string(DigestBuilder.digest(Array("seed \(window)".utf8)).base64URL),
        ]
        if story.network.now.milliseconds - cutoff.milliseconds > 600_000 {
            members = members.with("reason", "late")
        }
        try sign(.settlementClose, members)
        window += 1
    }

    /// One sheet of a source: units of each currency for one EUR.
    func sheet(
        _ rates: [(currency: String, rate: (Int64, Int64))],
        source: String = "ecb",
        window: UInt64? = nil,
        daysLater: Int64 = 0
    ) -> JSONValue {
        let date = Self.cutoff(window ?? self.window)
            .advanced(byMilliseconds: daysLater * 86_400_000).date()
        return [
            "source": .string(source), "date": .string(date.description),
            "file": .string(DigestBuilder.digest(Array("\(rates)".utf8)).base64URL),
            "base": "EUR",
            "quotes": .array(
                rates.map {
                    [
                        "currency": .string($0.currency),
                        "rate": NetworkTerms.rate($0.rate.0, $0.rate.1),
                    ]
                }
            ),
        ]
    }

    mutating func fix(_ sheets: [JSONValue] = [], window: UInt64? = nil) throws {
        try sign(.settlementFix, windowMembers(sheets, window))
    }

    mutating func finalise(_ sheets: [JSONValue] = [], window: UInt64? = nil) throws {
        try sign(.settlementFinalise, windowMembers(sheets, window))
    }

    private func windowMembers(_ sheets: [JSONValue], _ window: UInt64?) -> JSONValue {
        [
            "calendar": .string(Self.calendar), "window": .integer(Int64(window ?? self.window)),
            "sheets": .array(sheets),
        ]
    }

    /// What has to be calculated now.
    func rehearse(
        _ model: SettlementModel = .multilateral,
        _ currency: String = "EUR",
        window: UInt64? = nil
    ) throws -> SettlementRehearsal {
        try book.rehearseCalculation(
            calendar: Self.calendar,
            window: window ?? self.window,
            model: model,
            currency: try Self.currency(currency)
        )
    }

    static func currency(_ code: String) throws -> Currency {
        try #require(Currency(code))
    }

    /// The members of `settlement.calculate`.
    static func figures(_ rehearsal: SettlementRehearsal) -> JSONValue {
        let figures = rehearsal.result.figures
        return [
            "settlement": .string(rehearsal.id.description),
            "revision": .integer(rehearsal.revision),
            "participants": .integer(Int64(figures.participants)),
            "debts": .integer(Int64(figures.debts)), "gross": .integer(Int64(figures.gross)),
            "paid": .integer(Int64(figures.paid)), "float": .integer(Int64(figures.float)),
            "root": .string(figures.root.base64URL), "size": .integer(Int64(figures.size)),
            "head": .string(Digest.zero.base64URL),
        ]
    }

    @discardableResult
    mutating func calculate(
        _ model: SettlementModel = .multilateral,
        _ currency: String = "EUR",
        window: UInt64? = nil
    ) throws -> SettlementID {
        let rehearsal = try rehearse(model, currency, window: window)
        try sign(.settlementCalculate, Self.figures(rehearsal))
        return rehearsal.id
    }

    mutating func act(_ kind: Kind, _ id: SettlementID, _ more: JSONValue = [:]) throws {
        try sign(kind, Self.members(id, more))
    }

    static func members(_ id: SettlementID, _ more: JSONValue = [:]) -> JSONValue {
        var members: JSONValue = ["settlement": .string(id.description)]
        if case .object(let list) = more {
            for member in list { members = members.with(member.name, member.value) }
        }
        return members
    }

    mutating func confirm(_ id: SettlementID, by partner: String) throws {
        let leaf = book.leaf(of: partner, in: id)
        try sign(
            .settlementConfirm,
            by: partner,
            Self.members(id, ["leaf": .string((leaf?.hash ?? .zero).base64URL)])
        )
    }

    /// Advises, waits for objections, and collects for two hours.
    mutating func collect(_ id: SettlementID) throws {
        try act(.settlementAdvise, id)
        if let end = book.settlement(id)?.objectionsEnd { story.network.now = end }
        try startCollecting(id)
    }

    mutating func startCollecting(_ id: SettlementID) throws {
        let deadline = story.network.now.advanced(byMilliseconds: 7_200_000)
        try act(.settlementCollect, id, ["deadline": .string(deadline.description)])
    }

    /// Pays a leg, all that is open of it or a part.
    mutating func pay(
        _ id: SettlementID,
        _ payer: String,
        _ payee: String,
        _ amount: Int64? = nil
    ) throws {
        let leg = book.settlement(id)?.legs.first { $0.payer == payer && $0.payee == payee }
        let open = amount ?? Int64(leg?.open ?? 1)
        try sign(.settlementPaid, Self.payment(id, payer, payee, open))
    }

    static func payment(
        _ id: SettlementID,
        _ payer: String,
        _ payee: String,
        _ amount: Int64
    ) -> JSONValue {
        var more: JSONValue = [
            "payer": .string(payer), "payee": .string(payee),
            "currency": .string(id.currency.code), "amount": .integer(amount),
            "evidence": .string(DigestBuilder.digest(Array("\(payer)".utf8)).base64URL),
        ]
        if !payee.hasPrefix("operator") {
            let account = commitment(of: payee, id.currency.code)
            more = more.with("account", .string(account.base64URL))
        }
        return members(id, more)
    }

    /// Pays all legs that may be paid now; partners that fail pay nothing.
    mutating func payAll(_ id: SettlementID, except failing: Set<String> = []) throws {
        guard let record = book.settlement(id) else { return }
        let isPayout = record.state == .committed
        for leg in record.legs
        where leg.open > 0 && leg.isPayout == isPayout && !failing.contains(leg.payer) {
            try pay(id, leg.payer, leg.payee)
        }
    }

    mutating func commit(_ id: SettlementID) throws {
        try act(.settlementCommit, id)
    }

    /// Claims the default of a partner, after the deadline.
    @discardableResult
    mutating func claim(_ id: SettlementID, _ debtor: String) throws -> UInt64 {
        if let deadline = book.settlement(id)?.deadline, story.network.now < deadline {
            story.network.now = deadline
        }
        return try sign(.claimOpen, Self.members(id, ["debtor": .string(debtor)]))
    }

    /// Carries a calculated settlement to its end.
    mutating func finish(_ id: SettlementID) throws {
        try collect(id)
        if book.settlement(id)?.state == .settled { return }
        try payAll(id)
        try commit(id)
        try payAll(id)
    }

    /// A whole night without rates: close, fix, calculate, pay.
    @discardableResult
    mutating func settle(
        _ model: SettlementModel = .multilateral,
        _ currency: String = "EUR"
    ) throws -> SettlementID {
        try close()
        try fix()
        let id = try calculate(model, currency)
        try finish(id)
        return id
    }

    /// The code with which an entry would be refused now, or nil if it is taken.
    mutating func refusal(
        _ kind: Kind,
        by signer: String = "operator-a",
        _ members: JSONValue
    ) -> Rejection? {
        story.refusal(of: story.network.sign(kind, by: signer, members))
    }
}
