internal import ArgumentParser
internal import Formats
internal import Settlement
internal import Signing

/// `kontor reconcile journal show`: what a journal says, after it was checked from the first line.
struct JournalShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Check a journal from its first line, and list its breaks.",
        discussion: """
            With --data, the entries that breaks name are looked up in the ledger too: an \
            adjustment must be of the payer and the amount that both signed, or of the dispute, \
            and name the break.

            Exit status: 0 the journal is sound, 1 it is not, 2 wrong usage.

            Example: kontor reconcile journal show --journal cafe-air.journal --keys air.keys
            """
    )

    @OptionGroup var options: JournalOptions
    @Flag(name: .customLong("open"), help: "Only breaks that are not closed.") var onlyOpen = false
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        let file = try options.open()
        let text = JournalText(file.journal)
        if json {
            Console.print(text.json.text)
        } else {
            let open = file.journal.breaks.filter { $0.state != .closed }.map(\.id)
            Console.print("\(text.head)\n\n\(text.list(onlyOpen ? open : nil))")
        }
        guard let data = options.data else { return }
        let faults = try JournalEntries(data: data).faults(of: file.journal)
        for fault in faults { Console.complain("kontor: \(fault)") }
        if !faults.isEmpty { throw ExitCode(1) }
    }
}
