internal import ArgumentParser
internal import Settlement

/// A step of the night by itself: only those of its name are taken.
protocol StepCommand: ParsableCommand {
    /// Whose ledger, which calendar, who signs.
    var options: NightOptions { get }
    /// Whether to print JSON.
    var json: Bool { get }
    /// The names of the steps that it takes.
    static var steps: [String] { get }
}

extension StepCommand {
    func run() throws {
        try options.withDesk { desk in
            let run = try options.run(at: desk)
            let printer = NightPrinter(json: json)
            let taken = try run.run(only: Self.steps) { printer.print($0) }
            guard taken.isEmpty else { return }
            let next = try run.steps().map { NightText.awaited($0, run.calendar) }
            throw CommandError(
                "nothing to \(Self.steps.joined(separator: " or ")) now; the night "
                    + (next.isEmpty ? "has nothing open" : next.joined(separator: "; it "))
            )
        }
    }
}

/// `kontor settle close`: this step alone.
struct CloseCommand: StepCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Close the open window for the next cut-off of its calendar."
    )
    static let steps = ["close"]
    @OptionGroup var options: NightOptions
    @Flag(help: "Print JSON objects, one a step.") var json = false
}

/// `kontor settle fix`: this step alone.
struct FixCommand: StepCommand {
    static let configuration = CommandConfiguration(
        commandName: "fix",
        abstract:
            "Enter the rates of a closed window: provisional ones, and final ones once published."
    )
    static let steps = ["fix", "finalise"]
    @OptionGroup var options: NightOptions
    @Flag(help: "Print JSON objects, one a step.") var json = false
}

/// `kontor settle calculate`: this step alone.
struct CalculateCommand: StepCommand {
    static let configuration = CommandConfiguration(
        commandName: "calculate",
        abstract: "Calculate the settlements of a fixed window."
    )
    static let steps = ["calculate"]
    @OptionGroup var options: NightOptions
    @Flag(help: "Print JSON objects, one a step.") var json = false
}

/// `kontor settle advise`: this step alone.
struct AdviseCommand: StepCommand {
    static let configuration = CommandConfiguration(
        commandName: "advise",
        abstract: "Advise the participants, and begin the time for objections."
    )
    static let steps = ["advise"]
    @OptionGroup var options: NightOptions
    @Flag(help: "Print JSON objects, one a step.") var json = false
}

/// `kontor settle collect`: this step alone.
struct CollectCommand: StepCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Begin to collect from the payers of settlements without open objections."
    )
    static let steps = ["collect"]
    @OptionGroup var options: NightOptions
    @Flag(help: "Print JSON objects, one a step.") var json = false
}

/// `kontor settle commit`: this step alone.
struct CommitCommand: StepCommand {
    static let configuration = CommandConfiguration(
        commandName: "commit",
        abstract: "Pass the point of no return of settlements whose payers have paid."
    )
    static let steps = ["commit"]
    @OptionGroup var options: NightOptions
    @Flag(help: "Print JSON objects, one a step.") var json = false
}
