internal import KontorEngine
internal import KontorStorage
internal import Ledger
internal import Settlement
internal import Signing
internal import VerifiableLog

/// A whole demonstration on a store: the founding of the network, and two weeks of its traffic.
struct DemoRun {
    static let days = 14

    let seed: UInt64
    let transfers: Int
    let network: DemoNetwork
    let progress: DemoProgress
    /// The folder of the repository's fixtures.
    let fixtures: String
    /// Where statements and payment files go, or nil.
    let out: String?
    /// Where the books of partners go, and what is found in them.
    let books: String

    /// Plays it; what remains is a closed store and the numbers.
    func play(store: any LogStore) throws -> DemoReport {
        let ledger = try DemoLedger(store: store, seed: seed)
        let clock = ContinuousClock()
        let start = clock.now
        var founding = try DemoFounding(ledger, network)
        try founding.run { name, count in progress.note(name, count) }
        let founded = clock.now
        let ticksPerDay = max(2, min(24, transfers / 3_500))
        var traffic = DemoTraffic(
            ledger,
            founding.agreements,
            ticks: Self.days * ticksPerDay,
            ticksPerDay: ticksPerDay
        )
        var nights = try DemoNights(
            ledger,
            fixtures: fixtures,
            accounts: founding.accounts,
            out: out
        )
        try send(&traffic, &nights, ticksPerDay: ticksPerDay)
        let sent = clock.now
        try nights.finish()
        progress.note("nights", DemoNights.cutoffDays.count)
        let found = try DemoReconciliation(
            ledger,
            store: store,
            window: UInt64(DemoNights.cutoffDays.count),
            directory: books
        )
        progress.note("books reconciled", found.lines.count)
        var report = ledger.engine.read { book in
            DemoReport(&book, traffic, network, nights.fixings, seed: seed)
        }
        guard let note = ledger.engine.checkpoint else {
            throw CommandError("the ledger has no checkpoint")
        }
        report.books = found
        report.checkpoint = String(decoding: note.bytes, as: UTF8.self)
        report.root = try Checkpoint(opening: note, logKey: ledger.logSigner.verifier).root
        report.foundingSeconds = founded - start
        report.trafficSeconds = sent - founded
        try ledger.engine.close()
        return report
    }

    private func send(
        _ traffic: inout DemoTraffic,
        _ nights: inout DemoNights,
        ticksPerDay: Int
    ) throws {
        let ledger = traffic.ledger
        let shares = (0..<Self.days * ticksPerDay).map {
            Self.busyness(hour: (6 + $0 * 24 / ticksPerDay) % 24)
        }
        let sum = shares.reduce(0, +)
        var (before, sent) = (0, 0)
        var events = DemoEvents()
        for (tick, share) in shares.enumerated() {
            let due =
                DemoLedger.start.milliseconds + 60_000 + Int64(tick) * 86_400_000
                / Int64(ticksPerDay)
            ledger.clock.advance(byMilliseconds: max(0, due - ledger.now.milliseconds))
            try nights.run()
            try events.run(day: tick / ticksPerDay, &traffic)
            before += share
            let quota = transfers * before / sum - sent
            try traffic.run(tick: tick, transfers: quota)
            sent += quota
            progress.show(sent, of: transfers)
        }
        progress.note("transfers", sent)
    }

    /// How busy an hour of the day is.
    private static func busyness(hour: Int) -> Int {
        switch hour {
        case 0..<6: 2
        case 6..<9: 6
        case 9..<21: 10
        default: 5
        }
    }
}
