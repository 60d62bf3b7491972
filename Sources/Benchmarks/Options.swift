/// What the benchmarks were asked for.
struct Options {
    /// Which figures.
    enum Command: String, CaseIterable {
        case table, ingest, size
    }

    var command = Command.table
    var transfers: Int?
    var printsJSON = false
    var asksForHelp = false

    static let usage = """
        Usage: bench [table | ingest | size] [--transfers N] [--json]

          table    every figure with its limit (default)
          ingest   only the durable ingest of batches and singles
          size     ingest with 1,000,000 member references, for file, memory and opening time

          --transfers N   items in batches of 200; default 2,000,000, for size 1,000,000
          --json          figures as JSON

        Example: bench size --transfers 10000000
        """

    init(_ words: some Sequence<String>) throws {
        var iterator = words.makeIterator()
        while let word = iterator.next() {
            switch word {
            case "--json": printsJSON = true
            case "-h", "--help", "--help-benchmarks": asksForHelp = true
            case "--transfers":
                guard let text = iterator.next(), let number = Int(text), number >= 1_000 else {
                    throw BenchmarkError("--transfers takes a number of at least 1000")
                }
                transfers = number
            default:
                guard let command = Command(rawValue: word) else {
                    throw BenchmarkError("no such word: \(word)\n\(Self.usage)")
                }
                self.command = command
            }
        }
    }
}
