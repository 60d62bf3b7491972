internal import Settlement
internal import Signing

/// The steps of a night in words.
enum NightText {
    /// What was done.
    static func done(_ step: NightStep, _ calendar: String) -> String {
        switch step {
        case .close(let cutoff):
            "closed the window of \(calendar) for \(Timestamp(milliseconds: cutoff))"
        case .fix(let window): "fixed the rates of window \(window)"
        case .calculate(let book, let revision):
            revision == 0 ? "calculated \(name(book))" : "calculated \(name(book)) once more"
        case .advise(let book): "advised the participants of \(name(book))"
        case .collect(let book): "began to collect \(name(book))"
        case .commit(let book): "committed \(name(book))"
        case .finalise(let window): "entered the final rates of window \(window)"
        default: awaited(step, calendar)
        }
    }

    /// What another operator has to approve.
    static func waiting(_ step: NightStep, _ calendar: String, _ entry: UInt64) -> String {
        "waits for another operator, who approves entry \(entry): \(done(step, calendar))"
    }

    /// What the night waits for.
    static func awaited(_ step: NightStep, _ calendar: String) -> String {
        switch step {
        case .awaitCutoff(let cutoff):
            "waits for the cut-off of \(calendar) at \(Timestamp(milliseconds: cutoff))"
        case .awaitObjections(let book, let until):
            "waits for objections to \(name(book)) until \(Timestamp(milliseconds: until))"
        case .awaitPayments(let book, let deadline):
            "waits for payments to \(name(book)) until \(Timestamp(milliseconds: deadline))"
        case .awaitPayouts(let book): "waits until the payees of \(name(book)) are paid"
        case .awaitRefunds(let book): "waits until what came in for \(name(book)) is returned"
        case .awaitApproval(let entry): "waits for another operator, who approves entry \(entry)"
        default: "is ready: \(done(step, calendar))"
        }
    }

    private static func name(_ book: NightStep.Book) -> String {
        "window \(book.window), \(book.model.rawValue) in \(book.currency)"
    }
}
