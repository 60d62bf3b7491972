internal import Money
public import Signing

/// A line of a break journal: a compact JWS of type `kontor-break+jws`, without the line's end
/// (spec/28 §4.2).
///
/// Its payload has `ledger`, `journal` (all but the first), `prev`, `partner`, `time`, `action`,
/// and what the action needs. `prev` is the SHA-256 of the line before, so a line stands in one
/// place of one journal.
public struct JournalLine: Hashable, Sendable {
    /// The `typ` of a line.
    public static let type = "kontor-break+jws"

    /// The ledger.
    public let ledger: Digest
    /// The SHA-256 of the first line, which names the journal; nil in the first line itself.
    public let journal: Digest?
    /// The SHA-256 of the line before; 32 zero bytes in the first line.
    public let previous: Digest
    /// The partner that signs.
    public let partner: Slug
    /// When it says that it was signed.
    public let time: Timestamp
    /// What it says.
    public let act: JournalAct

    /// What a partner is about to sign.
    public init(
        ledger: Digest,
        journal: Digest?,
        previous: Digest,
        partner: Slug,
        time: Timestamp,
        act: JournalAct
    ) {
        self.ledger = ledger
        self.journal = journal
        self.previous = previous
        self.partner = partner
        self.time = time
        self.act = act
    }

    /// The payload.
    ///
    /// Complexity: O(n).
    public var payload: [UInt8] {
        var members: [JSONMember] = [member("ledger", ledger)]
        if let journal { members.append(member("journal", journal)) }
        members.append(member("prev", previous))
        members.append(member("partner", partner.text))
        members.append(member("time", time.description))
        members.append(member("action", act.word))
        return JSONValue.object(members + act.members(signer: partner)).text
    }

    /// The line, signed.
    ///
    /// Complexity: O(n).
    public func signed(with key: PrivateKey) -> [UInt8] {
        JWS(signing: payload, type: Self.type, with: key).compact
    }
}

private func member(_ name: String, _ text: String) -> JSONMember {
    JSONMember(name: name, value: .string(text))
}

private func member(_ name: String, _ digest: Digest) -> JSONMember {
    member(name, digest.base64URL)
}

private func member(_ name: String, _ digests: [Digest]) -> JSONMember {
    JSONMember(name: name, value: .array(digests.map { .string($0.base64URL) }))
}

extension JournalAct {
    /// The members of the payload that belong to the act.
    fileprivate func members(signer: Slug) -> [JSONMember] {
        switch self {
        case .begin(let with, let fourEyes):
            let list = fourEyes.map { amount -> JSONValue in
                ["currency": .string(amount.currency.code), "above": .integer(amount.above)]
            }
            return [member("with", with.text), JSONMember(name: "fourEyes", value: .array(list))]
        case .join: return []
        case .open(let subject): return [member("breaks", breaks)] + subject.members(signer: signer)
        case .propose(_, let proposal):
            return [
                member("breaks", breaks), member("payer", proposal.payer.text),
                member("currency", proposal.currency.code),
                JSONMember(name: "amount", value: .integer(proposal.amount)),
                member("reason", proposal.reason),
            ]
        case .assign(_, let desk): return [member("breaks", breaks), member("to", desk.text)]
        case .second(_, let line), .agree(_, let line), .undo(_, let line):
            return [member("breaks", breaks), member("line", line)]
        case .adjust(_, let entry), .dispute(_, let entry):
            let entry = JSONMember(name: "entry", value: .integer(Int64(clamping: entry)))
            return [member("breaks", breaks), entry]
        case .close(_, let reason), .reopen(_, let reason):
            return [member("breaks", breaks), member("reason", reason)]
        case .comment(_, let text): return [member("breaks", breaks), member("text", text)]
        case .evidence(_, let file, let text):
            return [member("breaks", breaks), member("file", file), member("text", text)]
        }
    }
}

extension BreakSubject {
    /// The members of an `open` line.
    fileprivate func members(signer: Slug) -> [JSONMember] {
        let rows = rows.map { row -> JSONValue in
            ["file": .string(row.file.base64URL), "line": .integer(Int64(clamping: row.line))]
        }
        return [
            member("with", scope.counterparty(of: signer)?.text ?? ""),
            member("calendar", scope.calendar.text),
            JSONMember(name: "window", value: .integer(Int64(clamping: scope.window))),
            member("kind", kind),
            JSONMember(name: "items", value: .array(items.map { .string($0.description) })),
            JSONMember(name: "rows", value: .array(rows)),
        ]
    }
}
