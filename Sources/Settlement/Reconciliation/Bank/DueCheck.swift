/// One payment with the lines that carry its name.
struct DueCheck {
    let outcome: BankCheck.Outcome
    let breaks: [BankBreak]
    /// Lines of another currency: they pay nothing of it.
    let foreign: [Int]

    /// Compares a payment with its lines, which rise.
    init(
        _ due: PaymentDue,
        _ number: Int,
        _ own: [Int],
        _ lines: [BankLine],
        _ charges: ChargePolicy,
        _ asOf: Int32
    ) {
        foreign = own.filter { lines[$0].currency != due.currency }
        let own = own.filter { lines[$0].currency == due.currency }
        let figures = Figures(due, own.map { lines[$0] }, charges)
        let isOver = asOf > due.deadline
        outcome = BankCheck.Outcome(
            state: figures.isPaid ? .paid : figures.received > 0 ? .paidPart : .due,
            received: Int64(clamping: figures.received),
            lines: own,
            isLate: figures.lastDay > due.deadline || isOver && !figures.isPaid
        )
        func report(
            _ type: BreakType,
            _ cause: BreakCause,
            _ lines: [Int],
            _ found: Int128
        ) -> BankBreak {
            BankBreak(
                type: type,
                cause: cause,
                due: number,
                lines: lines,
                candidates: [],
                expected: due.minorUnits,
                found: Int64(clamping: found),
                currency: due.currency,
                ageDays: max(0, Int(asOf) - Int(due.deadline))
            )
        }
        var breaks: [BankBreak] = []
        for line in own where lines[line].isElsewhere(than: due) {
            breaks.append(report(.wrongAccount, .unknown, [line], Int128(lines[line].minorUnits)))
        }
        switch figures.verdict {
        case .some(.short) where figures.received <= 0:
            if isOver { breaks.append(report(.unpaid, figures.cause, own, figures.received)) }
        case .some(.short):
            if isOver { breaks.append(report(.short, figures.cause, own, figures.received)) }
        case .some(let type): breaks.append(report(type, figures.cause, own, figures.received))
        case nil: break
        }
        self.breaks = breaks
    }

    /// What lines of one payment sum to.
    private struct Figures {
        /// What came, less what came back.
        var received: Int128 = 0
        var lastDay = Int32.min
        /// What is wrong, if anything is.
        let verdict: BreakType?
        let cause: BreakCause
        /// Whether nothing is open.
        let isPaid: Bool

        init(_ due: PaymentDue, _ lines: [BankLine], _ charges: ChargePolicy) {
            var charged: Int128 = 0
            var payments: [Int64] = []
            var isReturned = false
            for line in lines {
                switch line.kind {
                case .payment:
                    received += Int128(line.minorUnits)
                    payments.append(line.minorUnits)
                    lastDay = max(lastDay, line.day)
                case .giveBack:
                    received -= Int128(line.minorUnits)
                    isReturned = true
                case .charge: charged += Int128(line.minorUnits)
                }
            }
            let missing = Int128(due.minorUnits) - received
            let isCodeKnown = lines.contains { line in
                line.kind == .payment && !line.code.isEmpty && charges.codes.contains(line.code)
            }
            let isCharge =
                missing > 0 && received > 0
                && (charged == missing || isCodeKnown && missing <= Int128(charges.limit))
            isPaid = missing <= 0 || isCharge
            if missing == 0 {
                verdict = charged > 0 ? .bankCharge : nil
                cause = charged > 0 ? .charge : .unknown
            } else if isCharge {
                verdict = .bankCharge
                cause = .charge
            } else if missing > 0 {
                verdict = .short
                cause = isReturned ? .voided : lastDay > due.deadline ? .late : .unknown
            } else {
                let isRepeated =
                    payments.count > 1 && payments.allSatisfy { $0 == due.minorUnits }
                verdict = isRepeated ? .twice : .over
                cause = isRepeated ? .duplicatePosting : .unknown
            }
        }
    }
}

extension BankLine {
    /// Whether the money went to another account than the one it was due to, both being stated.
    fileprivate func isElsewhere(than due: PaymentDue) -> Bool {
        kind == .payment && !account.isEmpty && !due.account.isEmpty && account != due.account
    }
}
