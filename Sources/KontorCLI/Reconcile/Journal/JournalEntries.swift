internal import Formats
internal import KontorAudit
internal import KontorStorage
internal import Ledger
internal import Signing

/// The entries of a ledger that a journal names, held to what the journal says of them.
struct JournalEntries {
    private let book: Book
    private let entries: StoredEntries

    /// The entries of a data directory.
    init(data: String) throws {
        let store = try DataDirectory(path: data).openStore()
        book = try LedgerReader(store: store).book()
        entries = StoredEntries(store)
    }

    /// What does not fit, in words.
    func faults(of journal: BreakJournal) throws -> [String] {
        guard book.ledger == journal.ledger else { return ["the journal is of another ledger"] }
        return try journal.breaks.flatMap { found in
            let id = String(found.id.base64URL.prefix(JournalText.idCount))
            var faults: [String] = []
            if let entry = found.standing.dispute, book.dispute(entry)?.breakID != found.id {
                faults.append("break \(id): entry \(entry) is no dispute about it that is kept")
            }
            if let entry = found.standing.adjustment, let fault = try adjustment(entry, found) {
                faults.append("break \(id): entry \(entry) \(fault)")
            }
            return faults
        }
    }

    private func adjustment(_ index: UInt64, _ found: JournalBreak) throws -> String? {
        guard let entry = try entries.entry(at: index),
            case .adjustmentPost(let adjustment) = entry.statement.body
        else { return "is no adjustment" }
        if let dispute = found.standing.dispute {
            return adjustment.dispute == dispute ? nil : "does not name dispute \(dispute)"
        }
        guard adjustment.breakID == found.id else { return "does not name the break" }
        guard let terms = found.standing.proposal?.terms else { return nil }
        guard entry.statement.signer.hasSameBytes(as: terms.payer.text) else {
            return "is not by the payer \(terms.payer)"
        }
        guard adjustment.amount == terms.amount, adjustment.currency == terms.currency else {
            return "is of another amount than both signed"
        }
        return nil
    }
}
