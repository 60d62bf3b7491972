/// Tells on standard error how far the demonstration is, if a person looks at it.
struct DemoProgress {
    private let isShown: Bool
    private let line: ProgressLine

    init(isShown: Bool = Console.isInteractive) {
        self.isShown = isShown
        line = ProgressLine("transfers", isShown: isShown)
    }

    /// Transfers that were sent so far.
    func show(_ done: Int, of total: Int) {
        line.update(UInt64(done), of: UInt64(total))
    }

    /// A step that is done.
    func note(_ name: String, _ count: Int) {
        line.finish()
        if isShown { Console.complain("\(count.grouped) \(name)") }
    }
}

extension Duration {
    /// The whole as seconds.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
