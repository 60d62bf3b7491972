import Ledger
import Settlement
import Signing
import TestSupport

/// The rows of a partner as one reads them from the payloads by eye: no state, no streaming, one
/// pass over everything for each question.
struct NaiveBooks {
    private let entries: [LedgerHarness.Entry]
    private let payloads: [JSONValue]
    private let partner: String
    private let calendar: String

    init(_ entries: [LedgerHarness.Entry], partner: String, calendar: String) {
        self.entries = entries
        payloads = entries.map { entry in
            let jws = try? JWS(parsing: entry.text)
            return (try? JSONValue(parsing: jws?.payload ?? [])) ?? .null
        }
        self.partner = partner
        self.calendar = calendar
    }

    /// The rows of three windows as sorted lines.
    func lines(
        _ earlier: Range<UInt64>,
        _ compared: Range<UInt64>,
        _ later: Range<UInt64>
    ) -> [String] {
        var lines: [String] = []
        for (name, range) in [("earlier", earlier), ("compared", compared), ("later", later)] {
            for index in range { lines += self.lines(of: Int(index), in: name) }
        }
        lines += waiting(from: Int(earlier.lowerBound), until: Int(later.upperBound))
        return lines.sorted()
    }

    private func lines(of index: Int, in window: String) -> [String] {
        let payload = payloads[index]
        switch payload.text("kind") {
        case "transfers":
            guard let terms = terms(of: index), terms["holdExpirySeconds"] == nil else { return [] }
            return payload.list("items").indices.flatMap {
                row(index, index, $0, nil, "posting", "posted", window)
            }
        case "transfers.commit":
            let hold = Int(payload.number("entry") ?? 0)
            return payload.list("items").flatMap { item in
                row(
                    index,
                    hold,
                    Int(item.number("item") ?? 0),
                    (nil, item.number("credit") ?? 0, item.number("bonus") ?? 0),
                    "posting",
                    "posted",
                    window
                )
            }
        case "transfers.void":
            let hold = Int(payload.number("entry") ?? 0)
            return payload.list("items").flatMap { item -> [String] in
                guard case .integer(let number) = item else { return [] }
                return row(index, hold, Int(number), nil, "posting", "void", "later")
            }
        case "transfers.reverse":
            let posted = Int(payload.number("entry") ?? 0)
            let isCommit = payloads[posted].text("kind") == "transfers.commit"
            let requested = isCommit ? Int(payloads[posted].number("entry") ?? 0) : posted
            return payload.list("items").flatMap { item in
                row(
                    index,
                    requested,
                    Int(item.number("item") ?? 0),
                    (
                        item.number("debit") ?? 0, item.number("credit") ?? 0,
                        item.number("bonus") ?? 0
                    ),
                    "reversal",
                    "posted",
                    window
                )
            }
        default: return []
        }
    }

    /// Items of holds that nothing became of in what was read.
    private func waiting(from start: Int, until end: Int) -> [String] {
        var lines: [String] = []
        for index in 0..<end where payloads[index].text("kind") == "transfers" {
            guard let terms = terms(of: index), let seconds = terms.number("holdExpirySeconds")
            else { continue }
            for number in payloads[index].list("items").indices {
                // A hold from before what was read counts if it waits at the end of the log.
                let horizon = index < start ? entries.count : end
                guard !isSettled(index, number, before: horizon) else { continue }
                let expiry = entries[index].time.advanced(byMilliseconds: seconds * 1_000)
                let isOver = expiry <= entries[end - 1].time
                if index < start, expiry <= entries[entries.count - 1].time { continue }
                lines += row(
                    index,
                    index,
                    number,
                    nil,
                    "posting",
                    isOver ? "void" : "pending",
                    "later"
                )
            }
        }
        return lines
    }

    private func isSettled(_ hold: Int, _ number: Int, before end: Int) -> Bool {
        (hold..<end).contains { index in
            let payload = payloads[index]
            guard payload.number("entry") == Int64(hold) else { return false }
            switch payload.text("kind") {
            case "transfers.commit":
                return payload.list("items").contains { $0.number("item") == Int64(number) }
            case "transfers.void":
                return payload.list("items").contains { $0 == .integer(Int64(number)) }
            default: return false
            }
        }
    }

    /// The terms of an entry of transfers, if its rows are wanted.
    private func terms(of index: Int) -> JSONValue? {
        let hash = payloads[index].text("terms")
        for (place, payload) in payloads.enumerated()
        where payload.text("kind") == "agreement.propose" {
            guard Network.payloadDigest(entries[place].text).base64URL == hash,
                let terms = payload["terms"], terms["settlement"]?.text("calendar") == calendar,
                terms.text("debtor") == partner || terms.text("creditor") == partner
            else { continue }
            return terms
        }
        return nil
    }

    private func row(
        _ index: Int,
        _ requested: Int,
        _ number: Int,
        _ stated: (debit: Int64?, credit: Int64, bonus: Int64)?,
        _ event: String,
        _ status: String,
        _ window: String
    ) -> [String] {
        guard let terms = terms(of: requested) else { return [] }
        let transfers = payloads[requested]
        let item = transfers.list("items")[number]
        func units(_ name: String) -> Int64 { item.number(name) ?? transfers.number(name) ?? 0 }
        let debit = stated?.debit ?? units("debit")
        let credit = stated.map { $0.credit + $0.bonus } ?? units("credit") + units("bonus")
        let sign: Int64 = event == "reversal" ? -1 : 1
        let offset = terms.number("utcOffsetMinutes") ?? 0
        let day = entries[index].time.date(utcOffsetMinutes: Int(offset))
        var lines: [String] = []
        for (program, units, member) in [
            (terms.text("from"), -sign * debit, item.text("member")),
            (
                terms.text("to"), sign * credit,
                item["to"] == nil ? item.text("member") : item.text("to")
            ),
        ] where program.contains("/") && units != 0 {
            lines.append(
                "\(window) \(index)/\(number) \(transfers.text("id")) \(event) \(status) "
                    + "\(program) \(units) \(day) \(member) \(item["ref"] == nil ? "" : item.text("ref"))"
            )
        }
        return lines
    }

    /// The rows of a table as sorted lines.
    static func lines(of table: BookTable) -> [String] {
        table.rows.map { row in
            let id = UUIDv7(rawValue: row.transfer)?.description ?? ""
            let reference = row.reference.isEmpty ? row.otherReference : row.reference
            return "\(row.window) \(row.place >> 8)/\(row.place & 0xff) \(id) \(row.event) "
                + "\(row.status) \(table.names[Int(row.unit)]) \(row.units) "
                + "\(CivilDate(days: Int(row.day))) \(row.member.base64URL) "
                + String(decoding: table.bytes(reference), as: UTF8.self)
        }.sorted()
    }
}

extension JSONValue {
    /// A member's text, empty if there is none.
    fileprivate func text(_ name: String) -> String {
        if case .string(let text)? = self[name] { text } else { "" }
    }

    /// A member's number, or nil.
    fileprivate func number(_ name: String) -> Int64? {
        if case .integer(let number)? = self[name] { number } else { nil }
    }

    /// A member's list, empty if there is none.
    fileprivate func list(_ name: String) -> [JSONValue] {
        if case .array(let list)? = self[name] { list } else { [] }
    }
}
