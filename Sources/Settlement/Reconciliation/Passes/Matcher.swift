/// The state of matching: what each row was matched with, pass after pass.
struct Matcher: Sendable {
    /// A row that nothing was found for yet.
    static let open: Int32 = -1
    /// A row of the partner that is booked again.
    static let duplicate = Int32.min

    /// Rows of both sides that fit one another in more than one way.
    struct Tie: Sendable {
        let ledger: [Int32]
        let partner: [Int32]
    }

    /// A match of several rows.
    struct Group: Sendable {
        let ledger: [Int32]
        let partner: [Int32]
    }

    /// A row of the partner that is booked again, and the ledger's row that it was matched with
    /// before.
    struct Duplicate: Sendable {
        let partner: Int32
        let ledger: Int32
    }

    let books: BookPair
    let terms: ReconciliationTerms
    /// For each row of the ledger the partner's row, or −2 − g for group g, or `open`.
    var ledgerMate: [Int32]
    /// For each row of the partner the ledger's row, or −2 − g for group g, `open` or `duplicate`.
    var partnerMate: [Int32]
    /// The pass that matched each row of the ledger.
    var ledgerPass: [UInt8]
    var groups: [Group] = []
    var duplicates: [Duplicate] = []
    var ties: [Tie] = []
    var suggestions: [Suggestion] = []

    /// Nothing is matched.
    init(books: BookPair, terms: ReconciliationTerms) {
        self.books = books
        self.terms = terms
        ledgerMate = Array(repeating: Self.open, count: books.ledger.rows.count)
        partnerMate = Array(repeating: Self.open, count: books.partner.rows.count)
        ledgerPass = Array(repeating: 0, count: books.ledger.rows.count)
    }

    /// Tries all passes that the terms allow, in their order.
    mutating func run() {
        if terms.passes.contains(.transferName) { matchNames() }
        guard hasOpenRows else { return }
        let copies = Copies(of: self)
        matchLooseRows(Stage(matcher: self, copies: copies, isContext: false))
        if terms.passes.contains(.sum) { matchSums() }
        matchLooseRows(Stage(matcher: self, copies: copies, isContext: true))
        if terms.passes.contains(.text) { suggestTexts() }
    }

    /// P2 to P4.
    private mutating func matchLooseRows(_ stage: Stage) {
        if terms.passes.contains(.bothReferences) { matchBothReferences(stage) }
        if terms.passes.contains(.oneReference) { matchOneReference(stage) }
        if terms.passes.contains(.member) { matchMembers(stage) }
    }

    /// Whether both sides have rows that nothing was found for.
    private var hasOpenRows: Bool {
        ledgerMate.contains(Self.open) && partnerMate.contains(Self.open)
    }

    /// Matches one row with one row.
    mutating func match(_ ledger: Int32, _ partner: Int32, _ pass: MatchPass) {
        ledgerMate[Int(ledger)] = partner
        partnerMate[Int(partner)] = ledger
        ledgerPass[Int(ledger)] = pass.rawValue
    }

    /// Notes that a row of the partner is booked again.
    mutating func close(_ partner: Int32, asDuplicateOf ledger: Int32) {
        partnerMate[Int(partner)] = Self.duplicate
        duplicates.append(Duplicate(partner: partner, ledger: ledger))
    }
}
