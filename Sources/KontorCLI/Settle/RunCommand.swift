internal import ArgumentParser
internal import Settlement
internal import Signing

/// `kontor settle run`: the night, as far as it can go now.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract:
            "Take every step of the night that is ready: close, fix, calculate, advise, collect, commit.",
        discussion: """
            Run it again whenever something may have changed: after the cut-off, when objections \
            end, when money came in. It looks at the ledger before each step, so it may be stopped \
            anywhere, and does nothing twice. With --out it writes statements, payment files and \
            proofs, the same bytes each time.

            It exits with 0 also while it waits for the clock, for money or for another operator, \
            and says so.

            Example: kontor settle run --data ledger --partner ops --key ops.jwk \
            --rates ecb=eurofxref-hist.zip --out night
            """
    )

    @OptionGroup var options: NightOptions
    @Flag(help: "Print JSON objects, one a step.") var json = false

    func run() throws {
        try options.withDesk { desk in
            let run = try options.run(at: desk)
            let printer = NightPrinter(json: json)
            try run.run { printer.print($0) }
        }
    }
}

/// Prints the steps of a night as they are taken.
struct NightPrinter {
    let json: Bool

    func print(_ note: NightRun.Note) {
        guard json else {
            let place = note.entry.map { "entry \($0)" } ?? "-"
            Console.print(place.padding(to: 14) + note.text)
            return
        }
        let entry = note.entry.map { JSONValue.integer(Int64($0)) } ?? .null
        let value: JSONValue = [
            "step": .string(note.step.name), "entry": entry, "text": .string(note.text),
        ]
        Console.print(value.text)
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }
}

extension NightStep {
    /// The word for machines.
    var name: String {
        switch self {
        case .close: "close"
        case .fix: "fix"
        case .calculate: "calculate"
        case .advise: "advise"
        case .collect: "collect"
        case .commit: "commit"
        case .finalise: "finalise"
        case .awaitCutoff: "awaitCutoff"
        case .awaitObjections: "awaitObjections"
        case .awaitPayments: "awaitPayments"
        case .awaitPayouts: "awaitPayouts"
        case .awaitRefunds: "awaitRefunds"
        case .awaitApproval: "awaitApproval"
        }
    }
}
