public import Formats
internal import Ledger
internal import Money
internal import Settlement
internal import Signing
public import VerifiableLog

/// Verifies what one partner has of a night: its statement, the entry that calculated it, and that
/// entry's proof, by the verifier key of the log and nothing else (spec/25 §3).
public struct StatementAudit {
    let statement: PartnerStatement
    private let entry: [UInt8]
    private let proof: [UInt8]
    private let key: VerifierKey

    /// An audit of a statement, with the bytes of `calculate.entry` and `calculate.tlog-proof`.
    public init(
        _ statement: PartnerStatement,
        entry: [UInt8],
        proof: [UInt8],
        key: VerifierKey
    ) {
        self.statement = statement
        self.entry = entry
        self.proof = proof
        self.key = key
    }

    /// Checks everything; gives the checkpoint that covers the entry.
    ///
    /// Complexity: O(n log n) by lines.
    @discardableResult
    public func run() throws(StatementFault) -> Checkpoint {
        guard let bound = statement.proof else {
            throw StatementFault(.entryMismatch, at: "proof", "the statement has none")
        }
        let (figures, checkpoint) = try readEntry(bound)
        let leaf = try readLeaf(bound, figures)
        try compareHead(leaf)
        try compareDebts(leaf)
        try comparePayments(leaf)
        try checkSums(leaf)
        try checkLines(leaf)
        return checkpoint
    }

    // MARK: - From the log to the leaf

    private func readEntry(
        _ bound: PartnerStatement.Proof
    ) throws(StatementFault) -> (SettlementCalculate, Checkpoint) {
        let frame: EntryFrame
        let way: TLogProof
        do throws(LogError) {
            frame = try EntryFrame(parsing: entry)
            way = try TLogProof(parsing: proof)
        } catch {
            throw StatementFault(.entryMalformed, at: error.place, error.reason)
        }
        guard frame.index == bound.entry else {
            throw mismatch("proof.entry", "\(bound.entry); the entry is number \(frame.index)")
        }
        guard way.index == frame.index else {
            throw StatementFault(
                .entryNotInLog,
                at: "calculate.tlog-proof",
                "it is of entry \(way.index), not of \(frame.index)"
            )
        }
        let checkpoint: Checkpoint
        do throws(LogError) {
            checkpoint = try way.verify(leaf: frame.leafHash, logKey: key)
        } catch {
            throw StatementFault(.entryNotInLog, at: error.place, error.reason)
        }
        let signed: Statement
        do throws(Refusal) {
            signed = try SignedStatement(parsing: frame.jws).statement
        } catch {
            throw StatementFault(.entryMalformed, at: error.first.place, error.first.reason)
        }
        guard case .settlementCalculate(let figures) = signed.body else {
            throw mismatch("proof.entry", "its entry is a \(signed.kind.rawValue)")
        }
        guard signed.place == .ledger(statement.ledger) else {
            throw mismatch("ledger", "not the ledger of the entry")
        }
        guard figures.settlement.description.hasSameBytes(as: statement.settlement) else {
            throw mismatch("settlement", "the entry is of \(figures.settlement)")
        }
        return (figures, checkpoint)
    }

    private func readLeaf(
        _ bound: PartnerStatement.Proof,
        _ figures: SettlementCalculate
    ) throws(StatementFault) -> LeafText {
        guard bound.root == figures.root else {
            throw mismatch("proof.root", "the entry states \(figures.root.base64URL)")
        }
        guard Int64(exactly: bound.count) == figures.participants else {
            throw mismatch("proof.count", "the entry states \(figures.participants)")
        }
        let path = InclusionProof(index: bound.position, size: bound.count, hashes: bound.path)
        do throws(LogError) {
            try path.verify(leaf: MerkleHash.leaf(Array(bound.leaf.utf8)), root: bound.root)
        } catch {
            throw StatementFault(.leafNotInRoot, at: "proof.leaf", error.reason)
        }
        guard figures.size == statement.endEntry else {
            throw mismatch("endEntry", "the window ends at \(figures.size)")
        }
        let leaf = try LeafText(bound.leaf)
        try compare("proof.leaf", leaf.settlement.revision, "\(figures.revision)")
        return leaf
    }

    // MARK: - From the leaf to the statement

    private func compareHead(_ leaf: LeafText) throws(StatementFault) {
        let id = leaf.settlement.id
        try compare("settlement", id, statement.settlement)
        try compare("partner", leaf.participant, statement.partner)
        try compare("firstEntry", leaf.window[0], "\(statement.firstEntry)")
        try compare("endEntry", leaf.window[1], "\(statement.endEntry)")
        try compare("cutOff", leaf.window[2], "\(statement.cutOff)")
        guard let parts = SettlementID(id) else {
            throw StatementFault(.leafMalformed, at: "proof.leaf", "\(id) names no settlement")
        }
        try compare("calendar", parts.calendar, statement.calendar)
        try compare("window", "\(parts.window)", "\(statement.window)")
        try compare("model", parts.model.rawValue, statement.model.rawValue)
        try compare("currency", parts.currency.code, statement.currency.code)
        try compare("attempt", "\(parts.attempt)", "\(statement.attempt)")
        try compare("net", leaf.position[0], "\(statement.net)")
        try compare("due", leaf.position[1], "\(statement.due)")
    }

    private func compareDebts(_ leaf: LeafText) throws(StatementFault) {
        try compare("debts", "\(leaf.debts.count) debts", "\(statement.debts.count) debts")
        var used: Set<[String]> = []
        for (place, (fields, debt)) in zip(leaf.debts, statement.debts).enumerated() {
            let stated = [
                ("agreement", 0, debt.agreement), ("purpose", 1, debt.purpose.rawValue),
                ("debtor", 2, debt.debtor), ("creditor", 3, debt.creditor),
                ("priceCurrency", 5, debt.priceCurrency.code), ("exact", 6, "\(debt.exact)"),
                ("quote", 7, "\(debt.quote)"), ("amount", 8, "\(debt.amount)"),
            ]
            for (name, field, text) in stated {
                try compare("debts[\(place)].\(name)", fields[field], text)
            }
            let due = Quotient.scaled(
                debt.exact.numerator,
                by: debt.quote,
                over: debt.exact.denominator,
                rounding: debt.rounding
            )
            guard due == debt.amount else {
                throw StatementFault(
                    .amountMismatch,
                    at: "debts[\(place)].amount",
                    "\(debt.exact) × \(debt.quote), \(debt.rounding.rawValue), is "
                        + (due.map { "\($0)" } ?? "out of range")
                )
            }
            try checkTrail(fields, place)
            if trail(of: fields) != nil { used.insert([fields[0], fields[4]]) }
        }
        try compare("trails", "\(used.count) trails", "\(statement.trails.count) trails")
    }

    /// Recomputes the trail of a debt.
    private func checkTrail(_ fields: [String], _ place: Int) throws(StatementFault) {
        let trail = trail(of: fields)
        let entries = trail?.entries ?? []
        if let high = zip(entries, entries.dropFirst()).first(where: { $0 >= $1 })?.1 {
            throw StatementFault(
                .trailMismatch,
                at: "debts[\(place)]",
                "entry \(high) stands in its trail behind a later one, or twice"
            )
        }
        let hash = entries.reduce(Digest.zero) { DigestBuilder.digest($0, $1) }
        guard fields[9] == "\(entries.count)", fields[10] == hash.base64URL else {
            throw StatementFault(
                .trailMismatch,
                at: "debts[\(place)]",
                "\(entries.count) entries of its agreement in window \(fields[4]) are listed, the "
                    + "leaf has \(fields[9]), or others"
            )
        }
    }

    /// The trail of a debt's agreement and window, or nil.
    func trail(of fields: [String]) -> PartnerStatement.Trail? {
        statement.trails.first {
            $0.agreement.hasSameBytes(as: fields[0]) && "\($0.window)" == fields[4]
        }
    }

    private func comparePayments(_ leaf: LeafText) throws(StatementFault) {
        let count = statement.payments.count
        try compare("payments", "\(leaf.payments.count) payments", "\(count) payments")
        for (place, (fields, payment)) in zip(leaf.payments, statement.payments).enumerated() {
            let name = "payments[\(place)]"
            try compare("\(name).payer", fields[0], payment.payer)
            try compare("\(name).payee", fields[1], payment.payee)
            try compare("\(name).amount", fields[2], "\(payment.amount)")
            let payer = payment.payer
            let participant =
                payer.contains("/")
                ? payment.payee
                : payment.payee.contains("/") ? payer : "\(payer) \(payment.payee)"
            let id = EndToEndID(
                settlement: statement.settlement,
                participant: participant,
                currency: statement.currency,
                attempt: statement.attempt
            )
            try compare("\(name).endToEndId", id.text, payment.endToEndID)
        }
    }

    private func compare(
        _ place: String,
        _ due: String,
        _ stated: String
    ) throws(StatementFault) {
        guard !due.hasSameBytes(as: stated) else { return }
        throw StatementFault(.leafMismatch, at: place, "it is \(stated), the leaf has \(due)")
    }

    private func mismatch(_ place: String, _ reason: String) -> StatementFault {
        StatementFault(.entryMismatch, at: place, reason)
    }
}
