public import Money

/// A whole settlement by itself, without a ledger: debts, sheets and rules (spec/21).
public struct SettlementCase: Sendable {
    /// A debt, with the lines that it is the sum of.
    public struct Debt: Sendable {
        /// The debt.
        public let debt: ExactDebt
        /// Minor units of its currency per unit; of use to the lines alone.
        public let price: Quotient
        /// Its lines in any order; none where only the total is known.
        public let lines: [Line]

        /// A debt of a case.
        public init(_ debt: ExactDebt, price: Quotient = .one, lines: [Line] = []) {
            self.debt = debt
            self.price = price
            self.lines = lines
        }
    }

    /// A line of a debt.
    public struct Line: Sendable, Hashable {
        /// Which item it is.
        public let key: LineShare.Key
        /// Its units, which weigh it.
        public let units: Int64

        /// A line.
        public init(key: LineShare.Key, units: Int64) {
            self.key = key
            self.units = units
        }
    }

    /// A sheet of one source and day.
    public struct Sheet: Sendable {
        /// The source.
        public let source: String
        /// Its day, in days since 1970-01-01.
        public let day: Int32
        /// Its quotes.
        public let quotes: MoneySheet

        /// A sheet, in which only quotes of its source and day are used.
        public init(source: String, day: Int32, quotes: MoneySheet) {
            self.source = source
            self.day = day
            self.quotes = quotes
        }
    }

    /// How debts are set off.
    public let model: SettlementModel
    /// The currency in which all is settled.
    public let currency: Currency
    /// The least amount that is paid, in minor units.
    public let minimumPayment: Int128
    /// How money moves.
    public let mode: PaymentPlan.Mode
    /// The debts, in the order in which they are explained.
    public let debts: [Debt]
    /// The sheet by which the debts are settled; not needed where all are in one currency.
    public let provisional: Sheet?
    /// The sheet by which they are settled for good, if it is known.
    public let final: Sheet?

    /// A case.
    public init(
        model: SettlementModel,
        currency: Currency,
        minimumPayment: Int128 = 0,
        mode: PaymentPlan.Mode = .account,
        debts: [Debt],
        provisional: Sheet? = nil,
        final: Sheet? = nil
    ) {
        self.model = model
        self.currency = currency
        self.minimumPayment = minimumPayment
        self.mode = mode
        self.debts = debts
        self.provisional = provisional
        self.final = final
    }

    /// Computes everything there is to say about the case.
    ///
    /// A debt without a rate is set aside in that round; true-ups are those of the debts that both
    /// sheets rate.
    /// - Throws: What settling, sharing lines, netting and planning payments throw.
    public func explain() throws(SettlementError) -> Explanation {
        guard let provisional, let final else {
            return Explanation(rounds: [try round(provisional ?? final)], trueUps: [])
        }
        let first = try round(provisional)
        let second = try round(final)
        var before: [SettledDebt] = []
        var after: [SettledDebt] = []
        for (one, other) in zip(first.debts, second.debts) {
            guard let one = one.settled, let other = other.settled else { continue }
            before.append(one)
            after.append(other)
        }
        let trueUps = try TrueUp.list(provisional: before, final: after)
        return Explanation(rounds: [first, second], trueUps: trueUps)
    }

    /// The settlement by one sheet.
    private func round(_ sheet: Sheet?) throws(SettlementError) -> Explanation.Round {
        var debts: [Explanation.Debt] = []
        for debt in self.debts { debts.append(try explain(debt, sheet)) }
        let netting = try Netting(
            model: model,
            currency: currency,
            obligations: debts.compactMap { $0.settled?.obligation },
            policy: NettingPolicy(minimumPayment: minimumPayment)
        )
        return Explanation.Round(
            sheet: sheet,
            debts: debts,
            netting: netting,
            plan: try netting.payments(mode: mode)
        )
    }

    private func explain(
        _ entry: Debt,
        _ sheet: Sheet?
    ) throws(SettlementError) -> Explanation.Debt {
        switch answer(entry.debt.currency, sheet) {
        case .unrated(let absence):
            return Explanation.Debt(debt: entry.debt, outcome: .unrated(absence), lines: [])
        case .rate(let quote, _):
            let settled = try entry.debt.settled(in: currency, by: quote)
            return Explanation.Debt(
                debt: entry.debt,
                outcome: .settled(settled),
                lines: try lines(of: entry, settled)
            )
        }
    }

    private func answer(_ from: Currency, _ sheet: Sheet?) -> MoneySheet.Answer {
        if from == currency { return .rate(.one, day: sheet?.day ?? 0) }
        guard let sheet else { return .unrated(.noPublication) }
        return sheet.quotes.quote(
            source: sheet.source,
            from: from,
            to: currency,
            on: sheet.day,
            maxAgeDays: 0,
            fallback: .stop
        )
    }

    /// The shares of the lines by their units and the price.
    private func lines(
        of entry: Debt,
        _ settled: SettledDebt
    ) throws(SettlementError) -> [Int128] {
        guard !entry.lines.isEmpty else { return [] }
        let price: Quotient
        do throws(QuotientError) {
            price = try entry.price.multiplied(by: settled.quote)
        } catch {
            throw .range(debtor: entry.debt.debtor, creditor: entry.debt.creditor)
        }
        return try LineShare.lines(
            total: settled.minorUnits,
            numerators: entry.lines.map { Int128($0.units) },
            by: price,
            keys: entry.lines.map(\.key)
        )
    }
}
