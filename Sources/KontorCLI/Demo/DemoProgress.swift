import Foundation

/// Tells on standard error how far the demonstration is, if a person looks at it.
final class DemoProgress {
    private let isShown: Bool
    private let start = ContinuousClock().now

    init(isShown: Bool) {
        self.isShown = isShown
    }

    /// A step that goes on.
    func show(_ name: String, _ done: Int, of total: Int) {
        guard isShown else { return }
        let seconds = max(0.001, (ContinuousClock().now - start).seconds)
        let share = total == 0 ? 100 : done * 100 / total
        let rate = Int(Double(done) / seconds)
        write("\r\u{1b}[K  \(name)  \(done.grouped) of \(total.grouped)  \(share) %  \(rate.grouped)/s")
    }

    /// A step that is done.
    func note(_ name: String, _ count: Int) {
        guard isShown else { return }
        write("\r\u{1b}[K  \(count.grouped) \(name)\n")
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}

extension Duration {
    /// The whole as seconds.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}

extension BinaryInteger {
    /// The number with a comma before each three digits.
    var grouped: String {
        let digits = String(magnitude)
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return self < 0 ? "-" + text : text
    }
}
