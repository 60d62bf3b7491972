internal import Ledger
internal import Signing

/// One item of an entry that moves points.
struct TransferLine {
    let name: String
    let time: Timestamp
    let what: String
    let from: String
    let to: String
    let amount: Int64?
    let debit: Int64?
    let credit: Int64
    let bonus: Int64

    /// The lines of the payload of an entry, none if it moves nothing.
    static func lines(
        of payload: [UInt8],
        index: UInt64,
        time: Timestamp,
        terms: (Digest) -> Terms?
    ) throws -> [TransferLine] {
        let statement = try Statement(payload: payload)
        guard case .transfers(let transfers) = statement.body else { return [] }
        let terms = terms(transfers.terms)
        let (from, to) = (terms?.fromText ?? "?", terms?.toText ?? "?")
        return transfers.items.enumerated().map { number, item in
            TransferLine(
                name: "\(index)/\(number)",
                time: time,
                what: terms?.isHeld == true ? "hold" : "transfer",
                from: from,
                to: to,
                amount: item.amount,
                debit: item.debit,
                credit: item.credit,
                bonus: item.bonus
            )
        }
    }

    var cells: [String] {
        [
            name, String(time.description.prefix(19)), what, from, to, amount?.grouped ?? "",
            debit?.grouped ?? "",
            credit.grouped, bonus.grouped,
        ]
    }

    var json: JSONValue {
        [
            "entry": .string(name), "time": .string(time.description), "what": .string(what),
            "from": .string(from), "to": .string(to), "amount": .integer(amount ?? 0),
            "debit": .integer(debit ?? 0), "credit": .integer(credit), "bonus": .integer(bonus),
        ]
    }
}
