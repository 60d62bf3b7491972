internal import Formats
internal import KontorEngine
internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// One break of the demonstration from found to closed: both partners sign what it comes to, and
/// the payer enters it (spec/28 §4, spec/29 §4).
struct DemoResolution: Sendable {
    /// The id of the break.
    let id: Digest
    /// What was different.
    let sentence: String
    let payer: String
    let payee: String
    let currency: Currency
    let amount: Int64
    /// The entry that adjusts it.
    let entry: UInt64
    /// How many lines the journal has, each signed.
    let lineCount: Int

    /// A break that can be resolved: who found it, who is the other side, and what it is worth.
    private struct Candidate {
        let found: Break
        let subject: BreakSubject
        let facts: AgreementFacts
        let value: Int64
    }

    /// Resolves the first break in which the creditor gave less than was signed; nil if there is
    /// none.
    ///
    /// The creditor was owed for units that its books say it never gave, and pays that back.
    init?(_ ledger: DemoLedger, _ lines: [DemoReconciliation.Line], directory: String) throws {
        for line in lines {
            guard let candidate = Self.candidate(in: line.report),
                let currency = Currency(line.report.result.terms.currency),
                let payer = Slug(candidate.facts.creditor),
                let payee = Slug(candidate.facts.debtor)
            else { continue }
            id = candidate.subject.id
            sentence = line.report.sentence(candidate.found)
            (self.payer, self.payee) = (payer.text, payee.text)
            (self.currency, amount) = (currency, candidate.value)
            var journal = try Journal(ledger, payer, payee, currency)
            let proposal = JournalAct.Proposal(
                payer: payer,
                currency: currency,
                amount: candidate.value,
                reason: candidate.found.cause.title
            )
            try journal.append(.open(candidate.subject), by: payee)
            let proposed = try journal.append(.propose(id, proposal), by: payer)
            try journal.append(.agree(id, line: proposed), by: payee)
            let members: JSONValue = [
                "creditor": .string(payee.text), "currency": .string(currency.code),
                "amount": .integer(candidate.value), "reason": "correction",
                "agreement": .string(candidate.facts.name), "break": .string(id.base64URL),
            ]
            let draft = try ledger.draft(.adjustmentPost, by: payer.text, members)
            guard let entry = try ledger.enter([draft]).first?.index else { return nil }
            self.entry = entry
            try journal.append(.adjust(id, entry: entry), by: payer)
            try journal.append(.close([id], reason: "the adjustment stands"), by: payee)
            lineCount = journal.lineCount
            try ReportFiles(directory: directory).put("\(payer)-\(payee).journal") {
                try $0(journal.text)
            }
            return
        }
        return nil
    }

    private static func candidate(in report: ReconciliationReport) -> Candidate? {
        for found in report.result.breaks
        where found.isOpen
            && (found.type == .missingAtPartner
                || [.bonusMissing, .oldRate].contains(found.cause))
        {
            guard let row = found.ledgerRows.first, let value = found.valueAtRisk, value > 0,
                gaveLess(found), let subject = report.subject(of: found)
            else { continue }
            let place = Int(report.result.details[row].agreement)
            let facts = report.result.terms.agreements[place]
            guard facts.creditor == report.partner else { continue }
            return Candidate(found: found, subject: subject, facts: facts, value: value)
        }
        return nil
    }

    /// Whether points came to the member in the ledger, and fewer or none in the books.
    private static func gaveLess(_ found: Break) -> Bool {
        guard case .units(let expected, _)? = found.expected, expected > 0 else { return false }
        guard case .units(let stated, _)? = found.found else { return true }
        return 0 < stated && stated < expected
    }

    /// A journal that two partners keep, with the lines as they are signed.
    private struct Journal {
        private let ledger: DemoLedger
        private var journal: BreakJournal
        private(set) var text: [UInt8]

        var lineCount: Int { journal.lineCount }

        init(
            _ ledger: DemoLedger,
            _ first: Slug,
            _ second: Slug,
            _ currency: Currency
        ) throws {
            self.ledger = ledger
            let begin = JournalLine(
                ledger: ledger.id,
                journal: nil,
                previous: .zero,
                partner: first,
                time: ledger.now,
                act: .begin(
                    with: second,
                    fourEyes: [JournalAct.FourEyes(currency: currency, above: 1_000_000)]
                )
            ).signed(with: try ledger.key(of: first.text).key)
            let keys = ledger.engine.read { JournalKeyFile.keys(of: $0) }
            journal = try BreakJournal(beginning: begin, keys: keys)
            text = begin + [0x0a]
            try append(.join, by: second)
        }

        /// Appends a line by a partner; gives its digest.
        @discardableResult
        mutating func append(_ act: JournalAct, by partner: Slug) throws -> Digest {
            let line = journal.draft(act, by: partner, at: ledger.now)
                .signed(with: try ledger.key(of: partner.text).key)
            try journal.append(line)
            text += line + [0x0a]
            return journal.tip
        }
    }
}
