internal import ArgumentParser
internal import Formats
internal import KontorStorage
internal import Signing

/// `kontor reconcile mapping suggest`: a first mapping for a file that nobody has mapped yet.
struct MappingSuggestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest",
        abstract: "Propose a mapping from a sample file, with reasons and questions.",
        discussion: """
            The mapping goes to standard output, what it rests on and what a person has to decide \
            to standard error. What a file leaves open is asked, not guessed.

            Example: kontor reconcile mapping suggest --data ledger --partner cafe \
            --program cafe/points sample.csv > cafe.json
            """
    )

    @Argument(help: "A file of the partner's books.") var file: String
    @Option(help: "The ledger's data directory.") var data: String
    @Option(help: "The partner.") var partner: String
    @Option(help: "The program whose points the file is about.") var program: String

    func validate() throws {
        guard Slug(partner) != nil else {
            throw ValidationError("--partner \(partner) is no name of a partner")
        }
        guard ProgramID(program) != nil else {
            throw ValidationError("--program \(program) is not written as cafe/points")
        }
    }

    func run() throws {
        let (mapping, notes) = try output()
        Console.complain(notes)
        guard let mapping else { throw ExitCode(1) }
        Console.print(mapping)
    }

    /// The mapping as JSON, or nil if there is none, and what is told beside it.
    func output() throws -> (mapping: [UInt8]?, notes: String) {
        guard let partner = Slug(partner) else { return (nil, "") }
        let store = try DataDirectory(path: data).openStore()
        defer { try? store.close() }
        let ledger = try LedgerReader(store: store).ledger()
        let sample = try MappingFile(path: file)
        let suggestion: MappingSuggestion
        do {
            suggestion = try MappingSuggestion(
                sample: sample.bytes,
                ledger: ledger,
                partner: partner,
                program: program
            )
        } catch {
            throw CommandError("\(file): \(error.description)")
        }
        var table = Table([("what", .left), ("taken for", .left), ("because", .left)])
        for guess in suggestion.guesses { table.add([guess.subject, guess.value, guess.reason]) }
        var notes = [table.text]
        if !suggestion.questions.isEmpty {
            notes.append("To decide:\n" + suggestion.questions.joined(separator: "\n"))
        }
        notes.append("Look at it with `kontor reconcile mapping preview` before it is signed.")
        return (suggestion.mapping?.json, notes.joined(separator: "\n\n"))
    }
}
