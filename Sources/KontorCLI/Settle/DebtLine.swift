internal import Formats
internal import Ledger
internal import Money
internal import Signing

/// A posted line of a debt with its share of the debt's amount, of a fixed size.
struct DebtLine: Sendable {
    let index: UInt64
    let item: Int32
    /// The id of the `transfers` entry.
    let transfers: UUIDv7
    let numerator: Int128
    let denominator: Int128
    let debit: Int64
    let credit: Int64
    let bonus: Int64
    /// Minor units of the settlement currency, once the whole debt is known.
    var amount: Int128 = 0

    init(_ line: PostedLine) {
        index = line.index
        item = line.item
        transfers = line.transfers
        (numerator, denominator) = (line.exact.numerator, line.exact.denominator)
        (debit, credit, bonus) = (line.debit, line.credit, line.bonus)
    }

    /// The line of a statement, whose debt has a number there.
    func line(of debt: Int) -> PartnerStatement.Line {
        PartnerStatement.Line(
            index: index,
            item: item,
            name: "\(transfers)/\(item)",
            debt: debt,
            debit: debit,
            credit: credit,
            bonus: bonus,
            exact: Quotient(numerator, denominator) ?? .zero,
            amount: amount
        )
    }
}
