public import Settlement
internal import Signing

extension ReconciliationReport {
    /// The other partner of a break: the one that the run was limited to, or the one of the
    /// agreements of its rows in the ledger; nil if neither tells.
    public func counterparty(of found: Break) -> String? {
        if let counterparty { return counterparty }
        var other: String?
        for row in found.ledgerRows {
            let place = Int(result.details[row].agreement)
            guard result.terms.agreements.indices.contains(place) else { return nil }
            let facts = result.terms.agreements[place]
            let name = facts.debtor == partner ? facts.creditor : facts.debtor
            guard other.map({ $0 == name }) ?? true else { return nil }
            other = name
        }
        return other
    }

    /// What a break of the run is about, for the journal of the two partners; nil when its
    /// counterparty is not known, or it has too many rows (spec/28 §4.1).
    ///
    /// Complexity: O(rows of the break).
    public func subject(of found: Break) -> BreakSubject? {
        guard let one = Slug(partner), let other = counterparty(of: found).flatMap({ Slug($0) }),
            let calendar = Slug(window.calendar),
            let scope = BookScope(
                ledger: ledger,
                one,
                other,
                calendar: calendar,
                window: window.number
            )
        else { return nil }
        var items: [ItemName] = []
        var rows: [BreakSubject.Row] = []
        for place in found.ledgerRows { items.append(Self.item(result.ledger.rows[place])) }
        for place in found.partnerRows {
            let row = result.partner.rows[place]
            if row.transfer != 0 {
                items.append(Self.item(row))
            } else if let file = digest(ofFile: row.file) {
                rows.append(BreakSubject.Row(file: file, line: row.place))
            }
        }
        if let fault = found.fault.map({ result.partner.faults[$0] }),
            let file = digest(ofFile: fault.file)
        {
            rows.append(BreakSubject.Row(file: file, line: UInt64(clamping: fault.line)))
        }
        return BreakSubject(
            scope: scope,
            type: found.type,
            field: found.field,
            items: items,
            rows: rows
        )
    }

    /// Writes id, kind, items and rows of a break, as an `open` line of a journal has them.
    func writeSubject(of found: Break, to pen: inout JSONPen) {
        guard let subject = subject(of: found) else { return }
        pen.name("journal")
        pen.open("{")
        pen.member("id", subject.id.base64URL)
        pen.member("kind", subject.kind)
        pen.name("items")
        pen.open("[")
        for item in subject.items { pen.string(item.description) }
        pen.close("]")
        pen.list("rows", subject.rows) { pen, row in
            pen.member("file", row.file.base64URL)
            pen.member("line", integer: row.line)
        }
        pen.close("}")
    }

    private static func item(_ row: BookRow) -> ItemName {
        ItemName(transfer: row.transfer, item: row.item == BookRow.noItem ? 0 : row.item)
    }

    private func digest(ofFile file: UInt16) -> Digest? {
        let files = result.partner.files
        return files.indices.contains(Int(file)) ? Digest(files[Int(file)].digest, as: .url) : nil
    }
}
