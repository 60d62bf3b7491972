internal import Foundation
internal import Formats
internal import KontorEngine
internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// The nights of the demonstration: the same run as `kontor settle run`, at each tick of its clock,
/// with a bank that pays everything a day later.
struct DemoNights {
    static let calendar = "network"
    /// Days of the demonstration, from 0, whose evenings have a cut-off: a Thursday and a Friday.
    static let cutoffDays = [10, 11]
    /// The money rates that the demonstration made up, in the form of the European Central Bank.
    static let rateFile = "demo/rates.csv"

    /// What was done, with the ledger time.
    struct Event {
        let time: Timestamp
        let entry: UInt64?
        let text: String
    }

    private let ledger: DemoLedger
    private let desk: NightDesk
    private let payments: NightPayments
    private let rates: NightRates
    private let directory: String?
    private(set) var events: [Event] = []
    /// The rates of agreements at each fixing, and which of them waited for acceptance.
    private(set) var fixings: [DemoFixing] = []

    init(_ ledger: DemoLedger, fixtures: String, accounts: [AccountOpening], out: String?) throws {
        self.ledger = ledger
        directory = out
        let signers = try DemoLedger.operators.map {
            NightDesk.Signer(name: $0, key: try ledger.key(of: $0).key)
        }
        desk = NightDesk(
            engine: ledger.engine,
            first: signers[0],
            second: signers[1],
            newID: { _ in try ledger.newID() }
        )
        payments = NightPayments(desk: desk, accounts: accounts)
        rates = try NightRates(options: ["ecb=\(fixtures)/\(Self.rateFile)"])
        guard let out else { return }
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        let lines = accounts.map { $0.json.text + [0x0a] }
        try Data(lines.flatMap { $0 }).write(to: URL(fileURLWithPath: out + "/accounts.jsonl"))
    }

    /// Takes every step that is ready, and lets the bank pay what was asked for the day before.
    mutating func run() throws {
        try take()
        let due = payments.everything(evidence: evidence)
        guard !due.isEmpty, let asked = lastAsked, ledger.now >= asked else { return }
        for movement in due { try payments.enter(movement) }
        let text = "the bank confirmed \(due.count) payments"
        events.append(Event(time: ledger.now, entry: nil, text: text))
        try take()
    }

    /// Lets days pass until both nights are settled and final.
    mutating func finish() throws {
        for _ in 0..<40 {
            try run()
            let open = try night().steps().filter { step in
                if case .awaitCutoff = step { return false }
                return true
            }
            if open.isEmpty { return }
            ledger.clock.advance(byMilliseconds: 6 * 3_600_000)
        }
        throw CommandError("the nights of the demonstration did not end")
    }

    private mutating func take() throws {
        try night().run { note in
            guard note.entry != nil else { return }
            events.append(Event(time: ledger.now, entry: note.entry, text: note.text))
        }
        try acceptRates()
    }

    /// Lets both sides accept rates that moved by more than their band, and notes what holds.
    private mutating func acceptRates() throws {
        guard let last = ledger.engine.read({ $0.fixing }), last.hash != fixings.last?.hash else {
            return
        }
        let waiting = ledger.engine.read { book in
            book.fixingAgreements.filter { book.waitingRates(of: $0) != nil }
        }
        for agreement in waiting {
            guard let terms = ledger.engine.read({ $0.agreement(agreement)?.terms }) else {
                continue
            }
            let members: JSONValue = [
                "agreement": .string(agreement.base64URL), "fixing": .string(last.hash.base64URL),
            ]
            try ledger.enter(
                try ["debtor", "creditor"].map { side in
                    try ledger.draft(.fixingAccept, by: terms.partner(of: side), members)
                }
            )
        }
        fixings.append(ledger.engine.read { DemoFixing(last, waiting, $0) })
    }

    /// The run as of now: a day's rates are at hand from the next day on.
    private func night() throws -> NightRun {
        let yesterday = CivilDate(days: ledger.now.date().days - 1)
        return NightRun(
            desk: desk,
            calendar: Self.calendar,
            rates: rates.published(until: yesterday),
            files: try directory.map { try NightFiles(directory: $0, payments: payments) },
            collectHours: 24,
            newSeed: { DigestBuilder.digest(Array("demo \(ledger.now)".utf8)) }
        )
    }

    private var evidence: Digest {
        DigestBuilder.digest(Array("bank statement of \(ledger.now.date())".utf8))
    }

    /// When the bank answers what was asked last.
    private var lastAsked: Timestamp? {
        events.last { $0.text.hasPrefix("began") || $0.text.hasPrefix("committed") }?
            .time.advanced(byMilliseconds: 12 * 3_600_000)
    }
}
