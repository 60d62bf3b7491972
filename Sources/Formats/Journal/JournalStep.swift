internal import Money
internal import Settlement
internal import Signing

/// A line on its way into a journal, with its guards (spec/28 §4.3, §4.4).
struct JournalStep {
    let line: JournalLine
    /// The key that signed it.
    let keyID: Digest
    /// The SHA-256 of the line.
    let digest: Digest
    /// Its number, from 1.
    let number: Int

    /// A break after the line.
    func applied(
        to value: JournalBreak,
        _ journal: BreakJournal
    ) throws(FormatError) -> JournalBreak {
        guard let action = line.act.action else { return value }
        var value = value
        let facts = try facts(value, journal)
        guard let state = BreakLife.next(value.state, action, facts) else {
            throw wrongState(value, action)
        }
        try checkSigner(value)
        value.changed = line.time
        value.lines.append(number)
        switch action {
        case .comment, .evidence: break
        case .undo:
            if let step = value.steps.popLast() { value.standing = step.before }
        default:
            value.steps.append(
                JournalBreak.Step(
                    line: digest,
                    partner: line.partner,
                    keyID: keyID,
                    before: value.standing
                )
            )
            value.standing.state = state
            change(&value.standing, facts)
        }
        return value
    }

    /// What the state alone does not decide.
    private func facts(
        _ value: JournalBreak,
        _ journal: BreakJournal
    ) throws(FormatError) -> BreakLife.Facts {
        var facts = BreakLife.Facts()
        if let last = value.steps.last { facts.before = last.before.state }
        facts.owesNothing = value.standing.proposal?.terms.amount == 0
        switch line.act {
        case .propose(_, let terms):
            guard terms.payer == journal.first || terms.payer == journal.second else {
                throw signer("\(terms.payer) is neither of the two", "name one of them as payer")
            }
            guard let limit = journal.fourEyes.first(where: { $0.currency == terms.currency })
            else {
                throw JournalFault.make(
                    .journalForm,
                    number,
                    "the journal has no amount for \(terms.currency)",
                    "propose in a currency that the first line of the journal names"
                )
            }
            facts.needsSecond = terms.amount > limit.above
        case .agree: facts.needsSecond = value.standing.proposal?.needsSecond ?? false
        default: break
        }
        return facts
    }

    private func change(_ standing: inout JournalBreak.Standing, _ facts: BreakLife.Facts) {
        switch line.act {
        case .assign(_, let desk): standing.desk = desk
        case .propose(_, let terms):
            standing.proposal = JournalBreak.SignedProposal(
                terms: terms,
                partner: line.partner,
                line: digest,
                needsSecond: facts.needsSecond
            )
        case .adjust(_, let entry): standing.adjustment = entry
        case .dispute(_, let entry): standing.dispute = entry
        case .reopen:
            standing.proposal = nil
            standing.desk = nil
        default: break
        }
    }

    /// Whether the right one signs, and names the right line.
    private func checkSigner(_ value: JournalBreak) throws(FormatError) {
        let last = value.steps.last
        switch line.act {
        case .second(_, let named):
            try check(named, is: last?.line)
            guard last?.partner == line.partner else {
                throw signer("the line to second is of the other partner", "let it sign")
            }
            guard last?.keyID != keyID else {
                throw signer("the key has signed the line itself", "sign with another key")
            }
        case .agree(_, let named):
            try check(named, is: value.standing.proposal?.line)
            guard value.standing.proposal?.partner != line.partner else {
                throw signer("the proposal is its own", "wait for the other partner")
            }
        case .undo(_, let named):
            try check(named, is: last?.line)
            guard last?.partner == line.partner else {
                throw signer("the line is of the other partner", "answer it by a line of your own")
            }
        case .adjust where value.state == .agreed:
            guard value.standing.proposal?.terms.payer == line.partner else {
                throw signer("the payer posts the adjustment", "wait for the payer")
            }
        case .close where [.open, .assigned, .proposed].contains(value.state):
            guard value.opener == line.partner else {
                throw signer(
                    "the other partner opened the break, and nothing is agreed",
                    "propose who pays what, 0 if nobody"
                )
            }
        default: break
        }
    }

    private func check(_ named: Digest, is expected: Digest?) throws(FormatError) {
        guard named == expected else {
            throw JournalFault.make(
                .journalState,
                number,
                "the line named is not the one in force",
                "read the journal again and name its last line for the break"
            )
        }
    }

    private func signer(_ reason: String, _ wayOut: String) -> FormatError {
        JournalFault.make(.journalSigner, number, reason, wayOut)
    }

    private func wrongState(_ value: JournalBreak, _ action: BreakAction) -> FormatError {
        let possible = BreakAction.allCases.filter { action in
            BreakState.allCases.contains { before in
                [false, true].contains { flag in
                    let facts = BreakLife.Facts(owesNothing: flag, before: before)
                    return action != .undo && BreakLife.next(value.state, action, facts) != nil
                }
            }
        }
        return JournalFault.make(
            .journalState,
            number,
            "the break is \(value.state.rawValue): no \(action.rawValue)",
            "possible are \(possible.map(\.rawValue).joined(separator: ", "))"
        )
    }
}
