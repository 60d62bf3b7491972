internal import Foundation
internal import KontorEngine
internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// The nightly run of one calendar: every step that is ready, one after the other, each a signed
/// entry (spec/20 §4 to §7).
///
/// It looks at the ledger before each step and keeps nothing itself, so it can be stopped anywhere
/// and run again: what took effect is not done twice.
struct NightRun {
    /// One step that was taken, or what the night waits for.
    struct Note {
        let step: NightStep
        /// The entry that took effect, or nil while it waits.
        let entry: UInt64?
        let text: String
    }

    let desk: NightDesk
    let calendar: String
    let rates: NightRates
    /// Where statements and payment files go, or nil.
    let files: NightFiles?
    /// How long payers have, from the start of collection.
    let collectHours: Int64
    /// A random seed of salts; the demonstration makes it of its own.
    var newSeed: () -> Digest = {
        let bytes = (0..<Digest.byteCount).map { _ in UInt8.random(in: 0...255) }
        return Digest(bytes) ?? .zero
    }

    /// Takes every step that is ready, and tells those and what it waits for.
    func run(_ tell: (Note) -> Void) throws {
        try run(only: nil, tell)
        for step in try steps() where !step.isReady {
            tell(Note(step: step, entry: nil, text: NightText.awaited(step, calendar)))
        }
    }

    /// Takes the steps of some names that are ready, and returns them; of all names if nil.
    @discardableResult
    func run(only names: [String]?, _ tell: (Note) -> Void) throws -> [Note] {
        var notes: [Note] = []
        var postponed: Set<NightStep> = []
        func next() throws -> NightStep? {
            try steps().first { step in
                step.isReady && !postponed.contains(step) && names?.contains(step.name) != false
            }
        }
        while let step = try next() {
            guard let note = try take(step) else {
                postponed.insert(step)
                continue
            }
            if note.entry == nil { postponed.insert(step) }
            tell(note)
            notes.append(note)
        }
        try files?.write(calendar, in: desk.engine)
        return notes
    }

    /// What is next now.
    func steps() throws -> [NightStep] {
        let now = try desk.engine.now().milliseconds
        return desk.engine.read { $0.nightPlan(of: calendar) }.steps(at: now)
    }

    /// Takes one step; nil when what it needs is not there yet.
    func take(_ step: NightStep) throws -> Note? {
        switch step {
        case .close(let cutoff): try close(Timestamp(milliseconds: cutoff), step)
        case .fix(let window): try fix(window, step)
        case .calculate(let book, let revision): try calculate(book, revision, step)
        case .advise(let book): try act(.settlementAdvise, book, step)
        case .collect(let book): try collect(book, step)
        case .commit(let book): try act(.settlementCommit, book, step)
        case .finalise(let window): try finalise(window, step)
        default: nil
        }
    }

    private func close(_ cutoff: Timestamp, _ step: NightStep) throws -> Note? {
        let start = desk.engine.read { $0.openWindow(of: calendar).start }
        let late = try desk.engine.now().milliseconds - cutoff.milliseconds
        var members: [JSONMember] = [
            JSONMember(name: "calendar", value: .string(calendar)),
            JSONMember(name: "start", value: .integer(Int64(start))),
            JSONMember(name: "cutoff", value: .string(cutoff.description)),
            JSONMember(name: "seed", value: .string(newSeed().base64URL)),
        ]
        if late > 600_000 { members.append(JSONMember(name: "reason", value: "late")) }
        return note(step, try desk.enter(.settlementClose, .object(members)))
    }

    private func fix(_ number: UInt64, _ step: NightStep) throws -> Note? {
        let day = try desk.engine.now().date()
        let sources = desk.engine.read { $0.moneySources(of: calendar) }
        var members = window(number)
        let sheets = try rates.provisional(sources: sources, on: day)
        members.append(JSONMember(name: "sheets", value: sheets))
        if let fixing = try fixing(members) {
            members.append(JSONMember(name: "fixing", value: .string(fixing.base64URL)))
        }
        return note(step, try desk.enter(.settlementFix, .object(members)))
    }

    /// The hash of the rates that a fix gives, or nil where the policy fixes none (spec/24 §4).
    private func fixing(_ members: [JSONMember]) throws -> Digest? {
        let engine = desk.engine
        let now = try engine.now()
        let draft = Draft(
            .settlementFix,
            in: .ledger(engine.ledger ?? .zero),
            by: desk.first.name,
            id: try UUIDv7.new(at: now),
            .object(members)
        )
        guard case .settlementFix(let fix) = try Statement(payload: draft.payload).body else {
            return nil
        }
        return engine.read { $0.rehearseFixing(fix, at: now)?.fixing.hash }
    }

    private func finalise(_ number: UInt64, _ step: NightStep) throws -> Note? {
        let window = desk.engine.read { book in
            book.windows(of: calendar).first { $0.number == number }
        }
        guard let window else { return nil }
        let sources = window.provisional.map(\.source)
        guard rates.has(sources),
            let sheets = try rates.final(sources: sources, from: window.cutoff.date())
        else { return nil }
        var members = self.window(number)
        members.append(JSONMember(name: "sheets", value: sheets))
        return note(step, try desk.enter(.settlementFinalise, .object(members)))
    }

    private func calculate(
        _ book: NightStep.Book,
        _ revision: Int64,
        _ step: NightStep
    ) throws -> Note? {
        let due = try desk.engine.read { ledger in
            try ledger.rehearseCalculation(
                calendar: calendar,
                window: book.window,
                model: book.model,
                currency: book.currency
            )
        }
        let figures = due.result.figures
        let head = try desk.engine.root(at: figures.size)
        let members: JSONValue = [
            "settlement": .string(due.id.description), "revision": .integer(due.revision),
            "participants": .integer(Int64(figures.participants)),
            "debts": .integer(Int64(figures.debts)),
            "gross": .integer(Int64(clamping: figures.gross)),
            "paid": .integer(Int64(clamping: figures.paid)),
            "float": .integer(Int64(clamping: figures.float)),
            "root": .string(figures.root.base64URL),
            "size": .integer(Int64(figures.size)), "head": .string(head.base64URL),
        ]
        return note(step, try desk.enter(.settlementCalculate, members))
    }

    private func collect(_ book: NightStep.Book, _ step: NightStep) throws -> Note? {
        guard let id = settlement(of: book) else { return nil }
        let deadline = try desk.engine.now().advanced(byMilliseconds: collectHours * 3_600_000)
        let members: JSONValue = [
            "settlement": .string(id.description), "deadline": .string(deadline.description),
        ]
        return note(step, try desk.enter(.settlementCollect, members))
    }

    private func act(_ kind: Kind, _ book: NightStep.Book, _ step: NightStep) throws -> Note? {
        guard let id = settlement(of: book) else { return nil }
        return note(step, try desk.enter(kind, ["settlement": .string(id.description)]))
    }

    /// The last attempt of a settlement.
    func settlement(of book: NightStep.Book) -> SettlementID? {
        desk.engine.read { ledger in
            ledger.settlements.last { record in
                record.id.calendar == calendar && record.id.window == book.window
                    && record.id.model == book.model && record.id.currency == book.currency
            }?.id
        }
    }

    private func window(_ number: UInt64) -> [JSONMember] {
        [
            JSONMember(name: "calendar", value: .string(calendar)),
            JSONMember(name: "window", value: .integer(Int64(number))),
        ]
    }

    private func note(_ step: NightStep, _ outcome: NightDesk.Outcome) -> Note {
        switch outcome {
        case .done(let entry):
            Note(step: step, entry: entry, text: NightText.done(step, calendar))
        case .waits(let entry):
            Note(step: step, entry: nil, text: NightText.waiting(step, calendar, entry))
        }
    }
}
