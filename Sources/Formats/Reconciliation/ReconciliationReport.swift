internal import Money
public import Settlement
public import Signing

/// What a run of reconciliation tells: its result, and what it was made from (R-30, spec/27 §13).
///
/// The same result gives the same bytes in each form. Lists are written piece by piece: a night has
/// millions of matches.
public struct ReconciliationReport: Sendable {
    /// The version of the shapes, which each JSON file states.
    public static let format = "kontor-reconciliation/1"

    /// A file that the run read besides the books.
    public struct Input: Hashable, Sendable {
        /// What it is for: `mapping`, `bank`.
        public let role: String
        /// Its name.
        public let name: String
        /// The SHA-256 of its bytes, base64url.
        public let digest: String

        /// A file.
        public init(role: String, name: String, digest: String) {
            self.role = role
            self.name = name
            self.digest = digest
        }
    }

    /// The window that was compared.
    public struct Window: Hashable, Sendable {
        /// The calendar.
        public let calendar: String
        /// The number, from 1.
        public let number: UInt64
        /// Its first entry.
        public let start: UInt64
        /// The first entry after it.
        public let end: UInt64
        /// Whether it is closed: an open one has more to come.
        public let isClosed: Bool

        /// A window.
        public init(
            calendar: String,
            number: UInt64,
            start: UInt64,
            end: UInt64,
            isClosed: Bool
        ) {
            self.calendar = calendar
            self.number = number
            self.start = start
            self.end = end
            self.isClosed = isClosed
        }
    }

    /// The id of the ledger.
    public let ledger: Digest
    /// The partner whose books were compared.
    public let partner: String
    /// The one counterparty that the run was limited to, or nil.
    public let counterparty: String?
    /// The window.
    public let window: Window
    /// The programs whose points were compared, in order.
    public let programs: [String]
    /// The files besides the books.
    public let inputs: [Input]
    /// The result.
    public let result: Reconciliation

    /// A report of a result.
    public init(
        ledger: Digest,
        partner: String,
        counterparty: String?,
        window: Window,
        programs: [String],
        inputs: [Input],
        result: Reconciliation
    ) {
        self.ledger = ledger
        self.partner = partner
        self.counterparty = counterparty
        self.window = window
        self.programs = programs
        self.inputs = inputs
        self.result = result
    }

    /// Whether there is nothing to explain: no open break, and every row was read.
    public var isClean: Bool {
        result.metrics.openBreaks == 0 && result.partner.faults.isEmpty
    }

    /// The settlement currency of the values, or nil if no agreement has one.
    var currency: Currency? { Currency(result.terms.currency) }
}
