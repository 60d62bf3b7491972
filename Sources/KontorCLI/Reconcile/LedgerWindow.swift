internal import KontorAudit
internal import Ledger
internal import Signing

/// A window of a calendar as it is named on the command line: `network/12`.
struct LedgerWindow: Sendable, Hashable {
    let calendar: String
    let number: UInt64

    /// The window of a text, or nil if it is not written so.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let calendar = Slug(String(parts[0])),
            let number = UInt64(parts[1]), number > 0
        else { return nil }
        self.calendar = calendar.text
        self.number = number
    }

    /// Whether a text names a window: by its number, or `network/last`, the one closed last.
    static func isWritten(_ text: String) -> Bool {
        guard text.hasSuffix("/last") else { return LedgerWindow(text) != nil }
        return Slug(String(text.dropLast(5))) != nil
    }

    /// The window that a text names.
    init(_ text: String, in book: Book) throws {
        if let window = LedgerWindow(text) {
            self = window
            return
        }
        let calendar = String(text.dropLast(5))
        guard let last = book.windows(of: calendar).last else {
            throw CommandError("no window of a calendar \(calendar) is closed and kept")
        }
        (self.calendar, number) = (calendar, last.number)
    }

    /// The window of a calendar that is known to be one.
    init(calendar: String, number: UInt64) throws {
        guard let window = LedgerWindow("\(calendar)/\(number)") else {
            throw CommandError("\(calendar)/\(number) is no window")
        }
        self = window
    }

    /// The entries of the window and of those beside it.
    func range(in book: Book) throws -> WindowRange {
        guard book.calendarNames.contains(calendar) else {
            throw CommandError(
                "the ledger has no calendar \(calendar); it has "
                    + "\(book.calendarNames.joined(separator: ", "))"
            )
        }
        guard let range = WindowRange(number, of: calendar, in: book) else {
            let open = book.openWindow(of: calendar).number
            throw CommandError(
                "window \(number) of \(calendar) is not there, or is no longer kept; the open "
                    + "window is \(open), `kontor settle status` lists the others"
            )
        }
        return range
    }

    /// The last day of the window where days begin so many minutes before those of UTC: the day of
    /// its cut-off, or of the last entry while it is open.
    func lastDay(in book: Book, utcOffsetMinutes: Int) -> Int32 {
        let moment = book.window(number, of: calendar)?.cutoff ?? book.time
        return Int32(clamping: moment.date(utcOffsetMinutes: utcOffsetMinutes).days)
    }

    /// Whether the window is closed.
    func isClosed(in book: Book) -> Bool { book.window(number, of: calendar) != nil }
}
