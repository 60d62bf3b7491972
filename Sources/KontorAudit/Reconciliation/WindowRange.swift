public import Ledger
internal import Settlement

/// The entries of a window, and of the windows before and after it (spec/20 §4).
public struct WindowRange: Sendable, Hashable {
    /// The window before; empty for the first one.
    public let earlier: Range<UInt64>
    /// The window that is compared.
    public let compared: Range<UInt64>
    /// The window after, or what is there of it.
    public let later: Range<UInt64>

    /// A window of a calendar: a closed one that is kept, or the open one; nil if it is neither.
    public init?(_ number: UInt64, of calendar: String, in book: Book) {
        let windows = book.windows(of: calendar)
        let open = book.openWindow(of: calendar)
        func range(_ number: UInt64) -> Range<UInt64>? {
            if number == open.number { return open.start..<max(open.start, book.size) }
            return windows.first { $0.number == number }.map { $0.start..<$0.end }
        }
        guard let compared = range(number) else { return nil }
        self.compared = compared
        earlier =
            number > 1
            ? range(number - 1) ?? compared.lowerBound..<compared.lowerBound
            : compared.lowerBound..<compared.lowerBound
        later = range(number + 1) ?? compared.upperBound..<compared.upperBound
    }

    /// Which of the three an entry belongs to.
    func window(of index: UInt64) -> BookRow.Window {
        if index < compared.lowerBound { return .earlier }
        return index < compared.upperBound ? .compared : .later
    }
}
