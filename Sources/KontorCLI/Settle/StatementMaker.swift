internal import Foundation
internal import Formats
internal import KontorEngine
internal import Ledger
internal import Money
internal import Settlement
internal import Signing
internal import VerifiableLog

/// Makes the statements of one settlement from the log: the leaf as it was calculated, and the
/// lines behind its debts (spec/25 §1, §2).
struct StatementMaker {
    private let record: SettlementRecord
    private let ledger: Digest
    private let window: Window
    private let debts: [SettlementDebtLine]
    private let leaves: [SettlementLeaf]
    /// The lines of each debt, in the order of the debts.
    private let lines: DebtLineFile
    /// What their units sum to.
    private let units: [PartnerStatement.Units]
    private let trails: StatementTrails

    /// Reads the lines from the log; where they are many, a file without a name in a directory
    /// holds them.
    init(_ record: SettlementRecord, _ engine: Engine, directory: String) throws {
        self.record = record
        let id = record.id
        let (window, debts, leaves) = engine.read { book in
            (
                book.windows(of: id.calendar).first { $0.number == id.window }, book.debts(in: id),
                book.leaves(in: id)
            )
        }
        guard let window, let ledger = engine.ledger else {
            throw CommandError("window \(id.window) of \(id.calendar) is no longer kept")
        }
        (self.window, self.debts, self.leaves, self.ledger) = (window, debts, leaves, ledger)
        var lines = DebtLineFile(debts: debts.count, in: directory)
        (units, trails) = try Self.read(debts, window, engine, into: &lines)
        for (place, debt) in debts.enumerated() {
            try lines.change(place) { try Self.share(debt, among: &$0) }
        }
        self.lines = lines
    }

    /// How a participant sees what is carried for a key: 1, −1, or 0 if it is another's (spec/20
    /// §6.4).
    private static func sign(
        of key: CarryKey,
        for partner: String,
        _ model: SettlementModel
    ) -> Int128 {
        guard key.first == partner || key.second == partner else { return 0 }
        return (key.first == partner) == (model != .gross) ? 1 : -1
    }

    /// Reads the windows once, and sorts what their entries posted to the debts.
    private static func read(
        _ debts: [SettlementDebtLine],
        _ window: Window,
        _ engine: Engine,
        into lines: inout DebtLineFile
    ) throws -> ([PartnerStatement.Units], StatementTrails) {
        var places: [PostedLine.Account: Int] = [:]
        for (place, debt) in debts.enumerated() where debt.window == window.number {
            places[PostedLine.Account(debt)] = place
        }
        var units = [PartnerStatement.Units](repeating: .init(), count: debts.count)
        var trails = StatementTrails()
        let wanted = Set(debts.filter { $0.entries > 0 }.map(\.window) + [window.number])
        for known in engine.read({ $0.windows(of: window.calendar) })
        where wanted.contains(known.number) {
            try engine.forEachPostedLine(in: known.start..<known.end) { line in
                trails.note(line.account.agreement, known.number, line.index)
                guard known.number == window.number, let place = places[line.account] else {
                    return
                }
                units[place].debit += Int128(line.debit)
                units[place].credit += Int128(line.credit)
                units[place].bonus += Int128(line.bonus)
                try lines.append(DebtLine(line), to: place)
            } adjusted: { agreement, index, isCertain in
                trails.note(agreement, known.number, index, isCertain: isCertain)
            }
        }
        return (units, trails)
    }

    /// The statement of a participant, but for its lines, and these.
    func statement(
        of partner: String,
        failure: LineFailure
    ) throws -> (head: PartnerStatement, lines: StatementLines) {
        let id = record.id
        guard let leaf = leaves.first(where: { $0.participant == partner }),
            let own = record.result.participants.first(where: { $0.name == partner })
        else { throw CommandError("\(partner) takes no part in \(id)") }
        let places = debts.indices.filter {
            debts[$0].debtor == partner || debts[$0].creditor == partner
        }
        let carries = record.result.carries.map { carry in
            (carry, sign: Self.sign(of: carry.key, for: partner, id.model))
        }
        var statement = PartnerStatement(
            ledger: ledger,
            settlement: id.description,
            partner: partner,
            calendar: id.calendar,
            window: id.window,
            firstEntry: window.start,
            endEntry: window.end,
            cutOff: window.cutoff,
            model: id.model,
            currency: id.currency,
            attempt: Int(id.attempt),
            sheet: window.provisional.first?.file ?? .zero
        )
        statement.net = own.position
        statement.due = own.due
        statement.openingCarry = carries.reduce(0) { $0 + $1.0.before * $1.sign }
        statement.carried = carries.reduce(0) { $0 + $1.0.after * $1.sign }
        statement.payments = record.result.legs.filter {
            $0.payer == partner || $0.payee == partner
        }.map { leg in
            PartnerStatement.Payment(
                payer: leg.payer,
                payee: leg.payee,
                amount: leg.amount,
                endToEndID: NightPayments.endToEndID(id, leg).text
            )
        }
        statement.debts = places.map { Self.debt(debts[$0], units[$0]) }
        statement.proof = PartnerStatement.Proof(
            leaf: String(decoding: leaf.bytes, as: UTF8.self),
            position: UInt64(leaf.index),
            count: UInt64(leaf.count),
            path: leaf.path,
            root: record.result.figures.root,
            entry: record.calculatedAt
        )
        statement.trails = try trails.list(of: places.map { debts[$0] })
        let sources = places.enumerated().map { number, place in
            StatementLines.Source(
                debt: place,
                whole: lines.count(of: place) > 0
                    ? nil : Self.whole(debts[place], number, in: window)
            )
        }
        return (statement, StatementLines(file: lines, sources: sources, failure: failure))
    }

    private static func debt(
        _ debt: SettlementDebtLine,
        _ units: PartnerStatement.Units
    ) -> PartnerStatement.Debt {
        PartnerStatement.Debt(
            agreement: debt.agreement.base64URL,
            debtor: debt.debtor,
            creditor: debt.creditor,
            purpose: debt.purpose,
            priceCurrency: debt.currency,
            units: units,
            exact: debt.value,
            quote: debt.quote,
            rounding: debt.rounding,
            amount: debt.amount
        )
    }

    /// The one line of a debt that has no items of its own.
    private static func whole(
        _ debt: SettlementDebtLine,
        _ number: Int,
        in window: Window
    ) -> PartnerStatement.Line {
        PartnerStatement.Line(
            index: window.end,
            item: 0,
            name: debt.purpose.rawValue,
            debt: number,
            exact: debt.value,
            amount: debt.amount
        )
    }

    /// Gives each line its share of the debt's amount.
    private static func share(
        _ debt: SettlementDebtLine,
        among lines: inout [DebtLine]
    ) throws {
        guard !lines.isEmpty else { return }
        var denominator: Int128 = 1
        for line in lines where denominator % line.denominator != 0 {
            denominator =
                Int128.leastCommonMultiple(
                    denominator,
                    line.denominator,
                    atMost: Int128(Int64.max)
                ) ?? denominator
        }
        let amounts: [Int128]
        do throws(SettlementError) {
            amounts = try LineShare.lines(
                total: debt.amount,
                numerators: lines.map { $0.numerator * (denominator / $0.denominator) },
                over: denominator,
                by: debt.quote,
                keys: lines.map { LineShare.Key(index: $0.index, item: $0.item) }
            )
        } catch {
            throw CommandError("the lines of \(debt.agreement.base64URL) do not sum: \(error)")
        }
        for (place, amount) in amounts.enumerated() { lines[place].amount = amount }
    }
}
