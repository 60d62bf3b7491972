public import Ledger
internal import Money
public import Settlement
internal import Signing

/// The ledger's books of one partner in one window: rows as the partner's own books should have
/// them (spec/27 §12).
///
/// Each event of an item gives a row at the program that was debited, with negative units, and one
/// at the program that was credited, base and bonus together; a side that is money gives none.
/// A reversal has the opposite signs. Rows of the window before and the one after, and what waits,
/// ran out or was called off, are context: they explain, and are never missed.
public struct LedgerBooks {
    /// Whose rows are wanted.
    public struct Scope: Sendable, Hashable {
        /// The partner whose books are compared.
        public var partner: String
        /// Only items with this other partner, or nil for all.
        public var counterparty: String?
        /// Only rows of these programs, or nil for all.
        public var programs: [String]?

        /// The rows of a partner.
        public init(
            partner: String,
            counterparty: String? = nil,
            programs: [String]? = nil
        ) {
            self.partner = partner
            self.counterparty = counterparty
            self.programs = programs
        }
    }

    /// The rows.
    public internal(set) var table = BookTable()
    /// What the ledger knows of each row besides.
    public internal(set) var details: [LedgerDetail] = []
    /// The agreements that the details name by number.
    public internal(set) var agreements: [AgreementFacts] = []
    let scope: Scope
    let calendar: String
    let book: Book
    let entries: any BookedEntries
    var accounts: [Digest: Account] = [:]
    var ratePlaces: [Rates: UInt16] = [:]
    var recent = RecentTransfers()
    /// Items that wait, of the entries that were read.
    var waiting: [UInt64: WaitingItems] = [:]

    /// Books of a scope in a calendar, by the state after the last entry.
    public init(_ scope: Scope, calendar: String, book: Book, entries: any BookedEntries) {
        self.scope = scope
        self.calendar = calendar
        self.book = book
        self.entries = entries
        table.files = [BookFile(name: "ledger", digest: "", rowCount: 0)]
    }

    /// Reads a window with what is beside it.
    ///
    /// Complexity: O(bytes of the entries of three windows), and for each commit or reversal of an
    /// older transfer that transfer.
    public mutating func read(
        _ range: WindowRange,
        progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws {
        let whole = range.earlier.lowerBound..<range.later.upperBound
        try entries.forEachEntry(in: whole) { index, entry in
            try add(entry, at: index, range.window(of: index))
            if index % 4_096 == 0 { progress(index - whole.lowerBound, UInt64(whole.count)) }
            return true
        }
        try addWaiting(until: range)
        table.files[0].rowCount = table.rows.count
    }

    /// Takes the rows and details out, so that who goes on with them needs no memory twice.
    public mutating func takeRows() -> (table: BookTable, details: [LedgerDetail]) {
        defer { (table, details) = (BookTable(), []) }
        return (table, details)
    }

    /// Adds the rows of an entry, which is after all that were added before.
    mutating func add(
        _ entry: PastEntry,
        at index: UInt64,
        _ window: BookRow.Window
    ) throws {
        switch entry.statement.body {
        case .transfers(let transfers):
            guard try account(of: transfers.terms) != nil else { return }
            recent.keep(entry, at: index)
            try add(transfers, entry, at: index, window)
        case .transfersCommit(let hold, let items):
            try addCommit(of: hold, items, entry, at: index, window)
        case .transfersVoid(let hold, let items):
            try addVoid(of: hold, items, entry, at: index)
        case .transfersReverse(let posting, let items):
            try addReversal(of: posting, items, entry, at: index, window)
        default: return
        }
    }

    private mutating func add(
        _ transfers: Transfers,
        _ entry: PastEntry,
        at index: UInt64,
        _ window: BookRow.Window
    ) throws {
        guard let account = try account(of: transfers.terms) else { return }
        guard account.terms.holdMilliseconds == nil else {
            waiting[index] = WaitingItems(count: transfers.items.count)
            return
        }
        let exact = try exactCharges(of: entry.statement, at: index, account)
        for (number, item) in transfers.items.enumerated() {
            let booked = BookedItem(
                index: index,
                time: entry.time,
                event: .posting,
                status: .posted,
                window: window,
                number: number,
                amount: item.amount,
                debit: item.debit,
                credit: item.credit,
                bonus: item.bonus
            )
            try add(booked, of: entry.statement, transfers, account, exact)
        }
    }

    private mutating func addCommit(
        of hold: UInt64,
        _ items: [CommitItem],
        _ entry: PastEntry,
        at index: UInt64,
        _ window: BookRow.Window
    ) throws {
        guard let (requested, transfers, account) = try transfers(at: hold) else { return }
        recent.keep(entry, at: index)
        let exact = try exactCharges(of: entry.statement, at: index, account)
        for stated in items {
            settle(stated.item, of: hold)
            let item = transfers.items[stated.item]
            let booked = BookedItem(
                index: index,
                time: entry.time,
                event: .posting,
                status: .posted,
                window: window,
                number: stated.item,
                amount: item.amount,
                debit: item.debit,
                credit: stated.credit,
                bonus: stated.bonus
            )
            try add(booked, of: requested.statement, transfers, account, exact)
        }
    }

    private mutating func addVoid(
        of hold: UInt64,
        _ items: [Int],
        _ entry: PastEntry,
        at index: UInt64
    ) throws {
        guard let (requested, transfers, account) = try transfers(at: hold) else { return }
        for number in items {
            settle(number, of: hold)
            let booked = BookedItem(
                index: index,
                time: entry.time,
                event: .posting,
                status: .void,
                window: .later,
                number: number,
                stating: transfers.items[number]
            )
            try add(booked, of: requested.statement, transfers, account, nil)
        }
    }

    private mutating func addReversal(
        of posting: UInt64,
        _ items: [ReverseItem],
        _ entry: PastEntry,
        at index: UInt64,
        _ window: BookRow.Window
    ) throws {
        guard let (requested, transfers, account) = try transfers(at: posting) else { return }
        let exact = try exactCharges(of: entry.statement, at: index, account, always: true)
        for stated in items {
            let booked = BookedItem(
                index: index,
                time: entry.time,
                event: .reversal,
                status: .posted,
                window: window,
                number: stated.item,
                amount: transfers.items[stated.item].amount,
                debit: stated.debit,
                credit: stated.credit,
                bonus: stated.bonus
            )
            try add(booked, of: requested.statement, transfers, account, exact)
        }
    }
}

extension BookedItem {
    /// An event of an item with the units that its transfer stated.
    init(
        index: UInt64,
        time: Timestamp,
        event: BookRow.Event,
        status: BookRow.Status,
        window: BookRow.Window,
        number: Int,
        stating item: Transfers.Item
    ) {
        self.init(
            index: index,
            time: time,
            event: event,
            status: status,
            window: window,
            number: number,
            amount: item.amount,
            debit: item.debit,
            credit: item.credit,
            bonus: item.bonus
        )
    }
}
