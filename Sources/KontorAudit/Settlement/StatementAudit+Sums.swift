internal import Formats
internal import Money
internal import Settlement
internal import Signing

extension StatementAudit {
    /// Requires that debts sum to the position, payments to the due, and that both go with what is
    /// carried.
    func checkSums(_ leaf: LeafText) throws(StatementFault) {
        let net = statement.debts.reduce(Int128(0)) { $0 + statement.signedAmount(of: $1) }
        try require(net == statement.net, at: "net", "the debts sum to \(net)")
        let due = statement.payments.reduce(Int128(0)) { sum, payment in
            payment.payee.hasSameBytes(as: statement.partner)
                ? sum + payment.amount : sum - payment.amount
        }
        try require(due == statement.due, at: "due", "the payments sum to \(due)")
        var before: Int128 = 0
        var after: Int128 = 0
        for fields in leaf.carries {
            guard let old = Int64(fields[1]), let new = Int64(fields[3]) else {
                throw StatementFault(.leafMalformed, at: "proof.leaf", "a carry is no integer")
            }
            let sign = sign(of: fields[0])
            before += Int128(old) * sign
            after += Int128(new) * sign
        }
        try require(before == statement.openingCarry, at: "openingCarry", "it is \(before)")
        try require(after == statement.carried, at: "carried", "it is \(after)")
        try require(
            before + net == due + after,
            at: "due",
            "opening carry + net is \(before + net), due + carried is \(due + after)"
        )
    }

    /// How the partner sees what is carried for a key (spec/20 §6).
    private func sign(of key: String) -> Int128 {
        if key == "-" { return 1 }
        let isFirst = key.utf8.starts(with: "\(statement.partner)+".utf8)
        return isFirst == (statement.model != .gross) ? 1 : -1
    }

    /// Requires that the lines of each debt are of its trail, sum to it, and have its shares.
    func checkLines(_ leaf: LeafText) throws(StatementFault) {
        var lines: [[(place: Int, line: PartnerStatement.Line)]] =
            Array(repeating: [], count: statement.debts.count)
        for (place, line) in statement.lines.enumerated() {
            if place > 0 {
                let last = statement.lines[place - 1]
                let isAfter =
                    (last.index, last.item, last.debt) < (line.index, line.item, line.debt)
                guard isAfter else {
                    throw StatementFault(
                        .lineMismatch,
                        at: "lines[\(place)]",
                        "lines stand once, in the order of index, item and debt"
                    )
                }
            }
            lines[line.debt].append((place, line))
        }
        for (number, debt) in statement.debts.enumerated() {
            try checkForm(of: lines[number], number, leaf.debts[number])
            try checkSum(of: lines[number].map(\.line), number, debt)
            try checkShares(of: lines[number], number, debt)
        }
    }

    private func checkForm(
        of lines: [(place: Int, line: PartnerStatement.Line)],
        _ number: Int,
        _ fields: [String]
    ) throws(StatementFault) {
        let purpose = statement.debts[number].purpose
        let hasItems = [.units, .funding, .fee].contains(purpose)
        guard hasItems, fields[4] == "\(statement.window)" else {
            let isWhole =
                lines.count == 1 && lines[0].line.index == statement.endEntry
                && lines[0].line.item == 0
                && lines[0].line.name.hasSameBytes(as: purpose.rawValue)
            guard isWhole else {
                throw StatementFault(
                    .lineMismatch,
                    at: "debts[\(number)]",
                    "it has one line, of entry \(statement.endEntry) and item 0, named for its "
                        + "purpose"
                )
            }
            return
        }
        let entries = Set(trail(of: fields)?.entries ?? [])
        for (place, line) in lines where !entries.contains(line.index) {
            throw StatementFault(
                .lineMismatch,
                at: "lines[\(place)].index",
                "entry \(line.index) is not in the trail of debt \(number)"
            )
        }
        for (place, line) in lines where !line.name.hasSuffix("/\(line.item)") {
            throw StatementFault(
                .lineMismatch,
                at: "lines[\(place)].name",
                "\(line.name) is not the name of item \(line.item)"
            )
        }
    }

    private func checkSum(
        of lines: [PartnerStatement.Line],
        _ number: Int,
        _ debt: PartnerStatement.Debt
    ) throws(StatementFault) {
        var sum = Quotient.zero
        var units = PartnerStatement.Units()
        for line in lines {
            do throws(QuotientError) {
                sum = try sum.adding(line.exact)
            } catch {
                throw StatementFault(.lineSum, at: "debts[\(number)].exact", "out of range")
            }
            units.debit += Int128(line.debit)
            units.credit += Int128(line.credit)
            units.bonus += Int128(line.bonus)
        }
        guard sum == debt.exact else {
            let reason = "its lines sum to \(sum), it is \(debt.exact)"
            throw StatementFault(.lineSum, at: "debts[\(number)].exact", reason)
        }
        guard units == debt.units else {
            throw StatementFault(
                .lineSum,
                at: "debts[\(number)]",
                "its lines sum to other units: \(units.debit) debited, \(units.credit) credited, "
                    + "\(units.bonus) of bonuses"
            )
        }
    }

    private func checkShares(
        of lines: [(place: Int, line: PartnerStatement.Line)],
        _ number: Int,
        _ debt: PartnerStatement.Debt
    ) throws(StatementFault) {
        var common: Int128 = 1
        for (_, line) in lines {
            let next = Int128.leastCommonMultiple(
                common,
                line.exact.denominator,
                atMost: Int128(Int64.max)
            )
            guard let next, line.exact.numerator.magnitude < 1 << 63 else {
                let reason = "its lines have parts of 2^63 or more"
                throw StatementFault(.lineSum, at: "debts[\(number)]", reason)
            }
            common = next
        }
        let due: [Int128]
        do throws(SettlementError) {
            due = try LineShare.lines(
                total: debt.amount,
                numerators: lines.map {
                    $0.line.exact.numerator * (common / $0.line.exact.denominator)
                },
                over: common,
                by: debt.quote,
                keys: lines.map { LineShare.Key(index: $0.line.index, item: $0.line.item) }
            )
        } catch {
            throw StatementFault(.lineAmount, at: "debts[\(number)]", "\(error)")
        }
        for ((place, line), amount) in zip(lines, due) where line.amount != amount {
            throw StatementFault(
                .lineAmount,
                at: "lines[\(place)].amount",
                "it is \(line.amount); by largest remainder it is \(amount)"
            )
        }
    }

    private func require(
        _ holds: Bool,
        at place: String,
        _ reason: String
    ) throws(StatementFault) {
        if !holds { throw StatementFault(.sumMismatch, at: place, reason) }
    }
}
