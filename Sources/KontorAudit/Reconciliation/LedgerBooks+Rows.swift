internal import Ledger
internal import Money
internal import Settlement
internal import Signing

extension LedgerBooks {
    /// Adds the rows of an event: one for each side whose program is wanted and moved.
    mutating func add(
        _ booked: BookedItem,
        of statement: Statement,
        _ transfers: Transfers,
        _ account: Account,
        _ exact: ExactCharges?
    ) throws {
        let item = transfers.items[booked.number]
        var row = BookRow()
        row.transfer = statement.id.rawValue
        row.place = booked.place
        row.day = booked.day(account.terms)
        row.item = UInt16(booked.number)
        row.event = booked.event
        row.status = booked.status
        row.window = booked.window
        row.currency = account.currency
        (row.money, row.fee) = charges(of: booked, transfers, account, exact)
        if let text = transfers.reference(of: item) {
            let span = try keep(text.utf8)
            if account.isDebtor { row.reference = span } else { row.otherReference = span }
        }
        let sign: Int64 = booked.event == .reversal ? -1 : 1
        let rates = try number(ofRates: transfers.fixing, account.terms)
        var detail = LedgerDetail()
        detail.agreement = rates
        detail.priced = priced(booked, account)
        if let unit = account.source, booked.debit != 0 {
            row.unit = unit
            row.member = item.member
            row.units = -sign * booked.debit
            detail.base = booked.debit
            append(row, detail)
        }
        if let unit = account.target, booked.credit + booked.bonus != 0 {
            row.unit = unit
            row.member = item.to == 0 ? item.member : item.to
            row.units = sign * (booked.credit + booked.bonus)
            detail.base = booked.credit
            detail.bonus = booked.bonus
            // The rate gives what is credited for a whole item, not each part of a reversal.
            let isWhole = booked.event == .posting || booked.credit == item.credit
            detail.amount = agreements[Int(rates)].rate != nil && isWhole ? booked.amount : 0
            append(row, detail)
        }
    }

    /// Adds, as context, what waits at the end of what was read, and what ran out by then.
    mutating func addWaiting(until range: WindowRange) throws {
        let end = try entries.entry(at: max(1, range.later.upperBound) - 1)?.time ?? book.time
        for hold in book.openHolds where hold.entry < range.earlier.lowerBound {
            waiting[hold.entry] = WaitingItems(hold.items)
        }
        for index in waiting.keys.sorted() {
            guard let items = waiting[index],
                let (requested, transfers, account) = try transfers(at: index)
            else { continue }
            let wait = account.terms.holdMilliseconds ?? 0
            let isOver = requested.time.advanced(byMilliseconds: wait) <= end
            for number in items.numbers {
                let booked = BookedItem(
                    index: index,
                    time: requested.time,
                    event: .posting,
                    status: isOver ? .void : .pending,
                    window: .later,
                    number: number,
                    stating: transfers.items[number]
                )
                try add(booked, of: requested.statement, transfers, account, nil)
            }
        }
        waiting = [:]
    }

    /// What is owed for an event and as fees, in minor units of the price currency.
    private func charges(
        of booked: BookedItem,
        _ transfers: Transfers,
        _ account: Account,
        _ exact: ExactCharges?
    ) -> (money: Int64, fee: Int64) {
        let none = (money: BookRow.noMoney, fee: BookRow.noMoney)
        let terms = account.terms
        guard let currency = terms.priceCurrency else { return none }
        if let exact {
            guard let charge = exact[booked.number] else { return none }
            return (Self.minorUnits(charge.money, terms), Self.minorUnits(charge.fee, terms))
        }
        let fixed = transfers.fixing.flatMap {
            book.fixedRates(of: terms.agreement, at: $0)?.price
        }
        guard terms.hasPlainPrice, let price = fixed ?? terms.price else { return none }
        let money = terms.minorUnits(
            debit: booked.debit,
            credit: booked.credit,
            bonus: booked.bonus,
            price: price
        )
        return (money ?? none.money, terms.feeMinorUnits(of: booked.amount, in: currency))
    }

    private static func minorUnits(_ exact: Quotient, _ terms: BookedTerms) -> Int64 {
        let rounded = exact.rounded(terms.moneyRounding)
        return Int64(clamping: Int128(rounded.magnitude))
    }

    private mutating func keep(_ text: String.UTF8View) throws -> TextSpan {
        guard let span = table.keep(text) else {
            throw AuditError(
                .limitExceeded,
                "the references of \(scope.partner) pass 4 GiB; reconcile one counterparty at a time"
            )
        }
        return span
    }

    /// The units that the agreed price is owed for, or 0 where bonuses have prices of their own.
    private func priced(
        _ booked: BookedItem,
        _ account: Account
    ) -> Int64 {
        let terms = account.terms
        guard terms.hasPlainPrice else { return 0 }
        return terms.pricedUnits(
            debit: booked.debit,
            credit: booked.credit,
            bonus: booked.bonus
        )
    }

    private mutating func append(_ row: BookRow, _ detail: LedgerDetail) {
        if table.rows.count == table.rows.capacity {
            let capacity = max(1_024, table.rows.count / 3 * 4)
            table.rows.reserveCapacity(capacity)
            details.reserveCapacity(capacity)
        }
        table.rows.append(row)
        details.append(detail)
    }
}
