/// What the benchmarks were asked for.
struct Options {
    /// Which figures.
    enum Command: String, CaseIterable {
        case table, ingest, size, http, settlement, night, arbitrage, books, reconciliation
    }

    /// A part of the figures of the service.
    enum Part: String, CaseIterable {
        case singles, streams, reads, idle, soak, shutdown
    }

    var command = Command.table
    var transfers: Int?
    var parts = Set(Part.allCases)
    var seconds = 120
    var rate = 1_000
    var printsJSON = false
    var asksForHelp = false

    static let usage = """
        Usage: bench [table | ingest | size | settlement | night] [--transfers N] [--json]
               bench http [--part PART]... [--seconds N] [--rate N] [--json]
               bench arbitrage [--json]
               bench books [--json]
               bench reconciliation [--transfers N] [--json]

          table    every figure with its limit (default)
          ingest   only the durable ingest of batches and singles
          size     ingest with 1,000,000 member references, for file, memory and opening time
          http     the service over loopback: load, idle connections, soak and shutdown
          settlement   netting, payment plans and lines of one night, in memory
          night    a window of 1,000 agreements of 200 partners, with all its statements
          arbitrage  1,000 programmes and 20,000 agreements, without and with cycles that gain
          books      reading of partners' files, in memory
          reconciliation  a million rows against a million, also in worst cases, and by SQL

          --transfers N   items in batches of 200; default 2,000,000, for size and night 1,000,000
          --part P        only this part of http: singles, streams, reads, idle, soak, shutdown
          --seconds N     how long the soak lasts; default 120, an hour is 3600
          --rate N        requests a second of the soak; default 1000
          --json          figures as JSON

        Example: bench size --transfers 10000000
        """

    init(_ words: some Sequence<String>) throws {
        var iterator = words.makeIterator()
        var named: Set<Part> = []
        while let word = iterator.next() {
            switch word {
            case "--json": printsJSON = true
            case "-h", "--help", "--help-benchmarks": asksForHelp = true
            case "--part":
                guard let part = iterator.next().flatMap(Part.init) else {
                    throw BenchmarkError("--part takes one of the parts of http\n\(Self.usage)")
                }
                named.insert(part)
            case "--seconds":
                guard let text = iterator.next(), let number = Int(text), number >= 15 else {
                    throw BenchmarkError("--seconds takes a number of at least 15")
                }
                seconds = number
            case "--rate":
                guard let text = iterator.next(), let number = Int(text), number >= 200 else {
                    throw BenchmarkError("--rate takes a number of at least 200")
                }
                rate = number
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
        if !named.isEmpty { parts = named }
    }
}
