internal import Ledger
internal import Money
public import Settlement
internal import Signing

extension LedgerBooks {
    /// The number of the rates of an agreement, which details name.
    mutating func number(
        ofRates fixing: Digest?,
        _ terms: BookedTerms
    ) throws -> UInt16 {
        let rates = Rates(agreement: terms.agreement, fixing: fixing)
        if let known = ratePlaces[rates] { return known }
        guard let number = UInt16(exactly: agreements.count), number < BookRow.noName else {
            throw AuditError(
                .limitExceeded,
                "the books of \(scope.partner) have more than 65534 versions of agreements and "
                    + "fixings; reconcile one counterparty at a time"
            )
        }
        agreements.append(facts(of: terms, fixing))
        ratePlaces[rates] = number
        return number
    }

    private func facts(of terms: BookedTerms, _ fixing: Digest?) -> AgreementFacts {
        var facts = AgreementFacts(
            name: terms.agreement.base64URL,
            debtor: terms.debtor,
            creditor: terms.creditor,
            currency: terms.priceCurrency?.code ?? ""
        )
        let fixed = fixing.flatMap { book.fixedRates(of: terms.agreement, at: $0) }
        facts.rate = terms.ratio ?? fixed?.ratio
        facts.price = terms.price ?? fixed?.price
        facts.pricedProgram = terms.pricedProgram
        facts.rounding = terms.moneyRounding
        if let (payer, payee) = terms.feeParties {
            (facts.feePayer, facts.feePayee) = (payer, payee)
        }
        for rates in book.keptRates(of: terms.agreement) where rates.fixing != fixing {
            facts.addEarlier(rates.ratio, rates.price)
        }
        var superseded = terms.superseded
        while let hash = superseded, let earlier = book.bookedTerms(hash) {
            facts.addEarlier(earlier.ratio, earlier.price)
            superseded = earlier.superseded
        }
        return facts
    }

    /// What these books are judged by, by what both signed and the window's rates.
    ///
    /// Where the agreements differ, the narrowest tolerance of a currency and the fewest days hold;
    /// the currency is that in which most rows are settled. A pseudonym counts as linked if the
    /// partner opened it with a counterparty of these books.
    ///
    /// `cutDay` is the last day of the window, in days since 1970-01-01.
    public func terms(
        window: UInt64,
        cutDay: Int32,
        partnerRows: BookTable
    ) -> ReconciliationTerms {
        let used = wantedTerms
        let currency = mostUsedCurrency(used)
        var terms = ReconciliationTerms(
            agreements: agreements,
            currency: currency?.code ?? "",
            cutDay: cutDay
        )
        terms.quotes = quotes(of: used, into: currency, window)
        terms.tolerances = Self.tolerances(of: used)
        let days = used.map { terms in
            (
                before: terms.tolerances.map(\.daysBefore).min() ?? 0,
                after: terms.tolerances.map(\.daysAfter).min() ?? 0
            )
        }
        terms.daysBefore = Int32(clamping: days.map(\.before).min() ?? 0)
        terms.daysAfter = Int32(clamping: days.map(\.after).min() ?? 0)
        terms.linkedMembers = linkedMembers(of: partnerRows, used)
        return terms
    }

    /// The agreements of the scope, by their hashes.
    private var wantedTerms: [BookedTerms] {
        accounts.keys.sorted().compactMap { hash in
            guard let account = accounts[hash], account.isWanted else { return nil }
            return account.terms
        }
    }

    private func mostUsedCurrency(_ used: [BookedTerms]) -> Currency? {
        var counts = [Int](repeating: 0, count: agreements.count)
        for detail in details { counts[Int(detail.agreement)] += 1 }
        var rows: [(currency: Currency, count: Int)] = []
        for terms in used {
            guard let currency = terms.settlementCurrency else { continue }
            let name = terms.agreement.base64URL
            let count = agreements.indices.reduce(0) { sum, place in
                agreements[place].name == name ? sum + counts[place] : sum
            }
            if let place = rows.firstIndex(where: { $0.currency == currency }) {
                rows[place].count += count
            } else {
                rows.append((currency, count))
            }
        }
        return rows.min { ($1.count, $0.currency) < ($0.count, $1.currency) }?.currency
    }

    private func quotes(
        of used: [BookedTerms],
        into currency: Currency?,
        _ window: UInt64
    ) -> [ReconciliationTerms.Quote] {
        guard let currency, let window = book.window(window, of: calendar) else { return [] }
        let sheets = window.final.isEmpty ? window.provisional : window.final
        var quotes: [ReconciliationTerms.Quote] = []
        for terms in used {
            guard let price = terms.priceCurrency, price != currency,
                !quotes.contains(where: { $0.currency == price.code }),
                let sheet = sheets.first(where: { $0.source == terms.fxSource }) ?? sheets.first,
                let rate = sheet.quote(from: price, to: currency)
            else { continue }
            quotes.append(ReconciliationTerms.Quote(currency: price.code, rate: rate))
        }
        return quotes.sorted { $0.currency < $1.currency }
    }

    private static func tolerances(of used: [BookedTerms]) -> [MoneyTolerance] {
        let currencies = Set(used.flatMap { $0.tolerances.map(\.currency) }).sorted()
        return currencies.compactMap { currency -> MoneyTolerance? in
            let stated = used.compactMap { terms in
                terms.tolerances.first { $0.currency == currency }
            }
            // An agreement priced in this currency that allows nothing leaves nothing to allow.
            let isAllowedByAll = used.filter { $0.priceCurrency == currency }.allSatisfy { terms in
                terms.tolerances.contains { $0.currency == currency }
            }
            guard isAllowedByAll, let first = stated.first else { return nil }
            return stated.reduce(into: MoneyTolerance(first)) { $0.narrow(to: $1) }
        }
    }

    private func linkedMembers(of table: BookTable, _ used: [BookedTerms]) -> [UInt128]? {
        let others = Set(used.map { $0.debtor == scope.partner ? $0.creditor : $0.debtor }).sorted()
        guard !others.isEmpty else { return nil }
        var linked: [UInt128] = []
        for member in Set(table.rows.lazy.map(\.member).filter { $0 != 0 }).sorted()
        where others.contains(where: { book.haveMember(member, scope.partner, $0) }) {
            linked.append(member)
        }
        return linked
    }
}

extension AgreementFacts {
    mutating func addEarlier(_ ratio: Rate?, _ price: Rate?) {
        if let ratio, ratio != rate, !earlierRates.contains(ratio) { earlierRates.append(ratio) }
        if let price, price != self.price, !earlierPrices.contains(price) {
            earlierPrices.append(price)
        }
    }
}

extension MoneyTolerance {
    /// The tolerance that terms state.
    init(_ tolerance: Tolerance) {
        self.init(
            currency: tolerance.currency.code,
            absoluteAbove: tolerance.absoluteAbove,
            absoluteBelow: tolerance.absoluteBelow,
            percent: tolerance.percent,
            dailyBudget: tolerance.dailyBudget
        )
    }

    /// Allows no more than another tolerance does.
    mutating func narrow(to other: Tolerance) {
        absoluteAbove = min(absoluteAbove, other.absoluteAbove)
        absoluteBelow = min(absoluteBelow, other.absoluteBelow)
        dailyBudget = min(dailyBudget, other.dailyBudget)
        if Quotient(other.percent) < Quotient(percent) { percent = other.percent }
    }
}
