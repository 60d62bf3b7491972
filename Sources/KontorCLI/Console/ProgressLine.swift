internal import Foundation

/// One line on a terminal that tells how far long work has come; elsewhere it stays silent.
final class ProgressLine {
    private let title: String
    private let isShown: Bool
    private let start = Date()
    private var last = Date.distantPast

    init(_ title: String, isShown: Bool = Console.isInteractive) {
        self.title = title
        self.isShown = isShown
    }

    /// Tells how much of how much is done; draws at most ten times a second.
    func update(_ done: UInt64, of total: UInt64) {
        guard isShown, Date().timeIntervalSince(last) > 0.1 else { return }
        last = Date()
        let rate = Double(done) / max(0.001, last.timeIntervalSince(start))
        let width = 30
        let filled = total == 0 ? 0 : Int(UInt64(width) * min(done, total) / total)
        let bar =
            String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        Console.draw(
            "\r\(title) [\(bar)] \(done.grouped) of \(total.grouped), \(Int(rate).grouped)/s   "
        )
    }

    /// Clears the line.
    func finish() {
        guard isShown, last > .distantPast else { return }
        Console.draw("\r" + String(repeating: " ", count: 100) + "\r")
    }
}
