internal import Ledger
internal import Money
internal import Settlement
internal import Signing

extension LedgerBooks {
    /// An agreement version of the scope, and the numbers of its names in the table.
    struct Account {
        let terms: BookedTerms
        /// The program that is debited, if its rows are wanted.
        let source: UInt16?
        /// The program that is credited, if its rows are wanted.
        let target: UInt16?
        /// The currency of the price, or `noName`.
        let currency: UInt16
        /// Whether the partner whose books are compared is the debtor, who signs the transfers.
        let isDebtor: Bool
    }

    /// Under which rates items were booked: a version of an agreement, and a fixing if it has one.
    struct Rates: Hashable {
        let agreement: Digest
        let fixing: Digest?
    }

    /// What each item made the two parties owe each other, in exact minor units of the price
    /// currency, where it does not follow from the units alone.
    typealias ExactCharges = [Int: (money: Quotient, fee: Quotient)]

    /// The agreement of a terms hash, or nil if its items do not belong to these books.
    mutating func account(of hash: Digest) throws -> Account? {
        if let known = accounts[hash] { return known.isWanted ? known : nil }
        guard let terms = book.bookedTerms(hash) else { return nil }
        let account = try makeAccount(terms)
        accounts[hash] = account
        return account.isWanted ? account : nil
    }

    private mutating func makeAccount(_ terms: BookedTerms) throws -> Account {
        let isDebtor = terms.debtor == scope.partner
        let other = isDebtor ? terms.creditor : terms.debtor
        let isOurs =
            terms.calendar == calendar && (isDebtor || terms.creditor == scope.partner)
            && scope.counterparty.map { $0 == other } ?? true
        func number(_ program: String?) throws -> UInt16? {
            guard isOurs, let program, scope.programs?.contains(program) ?? true else {
                return nil
            }
            return try self.number(of: program)
        }
        let source = try number(terms.source)
        let target = try number(terms.target)
        let currency = try terms.priceCurrency.map { try self.number(of: $0.code) }
        return Account(
            terms: terms,
            source: source,
            target: target,
            currency: currency ?? BookRow.noName,
            isDebtor: isDebtor
        )
    }

    private mutating func number(of name: String) throws -> UInt16 {
        guard let number = table.number(of: name) else {
            throw AuditError(
                .limitExceeded,
                "the books of \(scope.partner) have more than 65534 programs and currencies; "
                    + "reconcile one counterparty at a time"
            )
        }
        return number
    }

    /// The transfers that a posting or hold is about, or nil if they are not of these books.
    mutating func transfers(
        at index: UInt64
    ) throws -> (requested: PastEntry, transfers: Transfers, account: Account)? {
        guard let entry = try past(index) else { return nil }
        switch entry.statement.body {
        case .transfers(let transfers):
            guard let account = try account(of: transfers.terms) else { return nil }
            return (entry, transfers, account)
        case .transfersCommit(let hold, _):
            return try self.transfers(at: hold)
        default: return nil
        }
    }

    private func past(_ index: UInt64) throws -> PastEntry? {
        if let known = recent.entry(at: index) { return known }
        return try entries.entry(at: index)
    }

    /// Takes an item out of those that wait.
    mutating func settle(_ number: Int, of hold: UInt64) {
        guard var items = waiting[hold] else { return }
        items.remove(number)
        waiting[hold] = items.isEmpty ? nil : items
    }

    /// The charges of an entry's items, or nil where units and price tell them.
    func exactCharges(
        of statement: Statement,
        at index: UInt64,
        _ account: Account,
        always: Bool = false
    ) throws -> ExactCharges? {
        guard always || !account.terms.hasPlainPrice else { return nil }
        var past: [UInt64: PastEntry] = [:]
        var next: UInt64? = index
        while let place = next, past[place] == nil {
            guard let entry = try self.past(place) else { break }
            past[place] = entry
            next = entry.statement.body.transfersEntry
        }
        let currency = account.terms.priceCurrency
        var charges: ExactCharges = [:]
        for line in book.postedLines(at: index, statement, past: { past[$0] })
        where line.account.currency == currency {
            let item = Int(line.item)
            var charge = charges[item] ?? (.zero, .zero)
            switch line.account.purpose {
            case .units: charge.money = (try? charge.money.adding(line.exact)) ?? charge.money
            case .fee: charge.fee = (try? charge.fee.adding(line.exact)) ?? charge.fee
            default: continue
            }
            charges[item] = charge
        }
        return charges
    }
}

extension LedgerBooks.Account {
    /// Whether any row of the agreement is wanted.
    var isWanted: Bool { source != nil || target != nil }
}
