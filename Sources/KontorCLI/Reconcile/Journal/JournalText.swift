internal import Formats
internal import Money
internal import Settlement
internal import Signing

/// A journal for people, and as JSON.
struct JournalText {
    /// The characters of an id that tables show.
    static let idCount = 10

    let journal: BreakJournal

    init(_ journal: BreakJournal) {
        self.journal = journal
    }

    /// Some breaks as a table, all of them where none are named.
    func list(_ ids: [Digest]? = nil) -> String {
        var table = Table([
            ("no.", .right), ("break", .left), ("what", .left), ("window", .left),
            ("opened by", .left), ("state", .left), ("proposal", .left), ("entry", .right),
        ])
        for (place, found) in journal.breaks.enumerated() where ids?.contains(found.id) ?? true {
            let standing = found.standing
            table.add([
                String(place + 1), String(found.id.base64URL.prefix(Self.idCount)),
                found.subject.kind, "\(found.subject.scope.calendar)/\(found.subject.scope.window)",
                found.opener.text, state(found), Self.words(standing.proposal),
                (standing.adjustment ?? standing.dispute).map { String($0) } ?? "",
            ])
        }
        return table.text
    }

    /// The head of a journal.
    var head: String {
        let amounts = journal.fourEyes.map {
            "\($0.currency.format(minorUnits: Int128($0.above))) \($0.currency)"
        }.joined(separator: ", ")
        let joined = journal.isJoined ? "" : ", who has not joined yet"
        return """
            \(journal.first) and \(journal.second)\(joined), \(journal.lineCount.grouped) lines, \
            last \(journal.time)
            two keys of each above \(amounts)
            tip \(journal.tip)
            """
    }

    /// The journal as an object.
    var json: JSONValue {
        [
            "journal": .string(journal.id.base64URL), "ledger": .string(journal.ledger.base64URL),
            "partners": [.string(journal.first.text), .string(journal.second.text)],
            "joined": .boolean(journal.isJoined), "lines": .integer(Int64(journal.lineCount)),
            "tip": .string(journal.tip.base64URL),
            "breaks": .array(journal.breaks.map(json)),
        ]
    }

    private func json(_ found: JournalBreak) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("id", .string(found.id.base64URL)), ("kind", .string(found.subject.kind)),
            ("calendar", .string(found.subject.scope.calendar.text)),
            ("window", .integer(Int64(clamping: found.subject.scope.window))),
            ("items", .array(found.subject.items.map { .string($0.description) })),
            ("opener", .string(found.opener.text)), ("state", .string(found.state.rawValue)),
            ("changed", .string(found.changed.description)),
            ("lines", .array(found.lines.map { .integer(Int64($0)) })),
        ]
        let standing = found.standing
        if let desk = standing.desk { members.append(("desk", .string(desk.text))) }
        if let proposal = standing.proposal {
            members.append(
                (
                    "proposal",
                    [
                        "payer": .string(proposal.terms.payer.text),
                        "currency": .string(proposal.terms.currency.code),
                        "amount": .integer(proposal.terms.amount),
                        "by": .string(proposal.partner.text),
                        "reason": .string(proposal.terms.reason),
                    ]
                )
            )
        }
        if let entry = standing.adjustment {
            members.append(("adjustment", .integer(Int64(clamping: entry))))
        }
        if let entry = standing.dispute {
            members.append(("dispute", .integer(Int64(clamping: entry))))
        }
        return .object(members.map { JSONMember(name: $0.0, value: $0.1) })
    }

    private func state(_ found: JournalBreak) -> String {
        guard found.state == .assigned, let desk = found.standing.desk else {
            return found.state.rawValue
        }
        return "assigned to \(desk)"
    }

    private static func words(_ proposal: JournalBreak.SignedProposal?) -> String {
        guard let proposal else { return "" }
        let terms = proposal.terms
        if terms.amount == 0 { return "nobody pays" }
        let amount = terms.currency.format(minorUnits: Int128(terms.amount))
        return "\(terms.payer) pays \(amount) \(terms.currency)"
    }
}
