internal import ArgumentParser
internal import Foundation
internal import Formats
internal import Settlement
internal import Signing

/// `kontor reconcile journal open`: breaks that were found come into the journal.
struct JournalOpenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Put breaks into the journal: those of a run, or one by its transfers or rows.",
        discussion: """
            --run takes breaks.json of kontor reconcile run, which was made with --with; breaks \
            that the journal has already are passed over. Without it, --window, --kind and --item \
            or --row say what the break is about; both partners derive the same id from that.

            Example: kontor reconcile journal open --journal cafe-air.journal --keys air.keys \
            --partner air --sign-key air.jwk --run books/network-1-air-cafe/breaks.json
            Example: kontor reconcile journal open --journal cafe-air.journal --keys air.keys \
            --partner air --sign-key air.jwk --window network/1 --kind missingAtPartner \
            --item 019aab5f-9d2b-7000-8000-000000000001/0
            """
    )

    @OptionGroup var options: JournalOptions
    @OptionGroup var signer: JournalSigner
    @Option(name: .customLong("run"), help: "breaks.json of a run.") var list: String?
    @Option(name: .customLong("number"), help: "With --run, only the break of this number; repeat.")
    var numbers: [Int64] = []
    @Option(help: "CALENDAR/NUMBER: the window; network/1.") var window: String?
    @Option(help: "The type, with a point and the field if one differs: amount.units.")
    var kind: String?
    @Option(help: "A transfer item, ID/NUMBER; repeat for more.") var item: [String] = []
    @Option(help: "SHA256/LINE: a row without a transfer; repeat for more.") var row: [String] = []

    func validate() throws {
        guard (list == nil) != (kind == nil) else {
            throw ValidationError("name the breaks either by --run, or by --window and --kind")
        }
        guard list != nil || window.flatMap({ LedgerWindow($0) }) != nil else {
            throw ValidationError("--window is written as network/1")
        }
    }

    func run() throws {
        var file = try options.open()
        let subjects =
            try list.map { try BreakListFile(path: $0).subjects(numbers, file.journal) }
            ?? [try subject(file.journal)]
        var opened: [Digest] = []
        for subject in subjects where file.journal[subject.id] == nil {
            try file.append(.open(subject), by: signer)
            opened.append(subject.id)
        }
        if opened.isEmpty { return Console.print("The journal has these breaks already.") }
        try file.tell(opened)
    }

    private func subject(_ journal: BreakJournal) throws -> BreakSubject {
        let items = try item.map { text in
            guard let name = ItemName(ascii: Array(text.utf8)[...]) else {
                throw CommandError("--item \(text): not written as ID/NUMBER")
            }
            return name
        }
        let rows = try row.map { text in
            let parts = text.split(separator: "/").map(String.init)
            guard parts.count == 2, let file = Digest(parts[0], as: .url),
                let line = UInt64(parts[1])
            else { throw CommandError("--row \(text): not written as SHA256/LINE") }
            return BreakSubject.Row(file: file, line: line)
        }
        return try BreakListFile.subject(
            journal,
            window: window.flatMap { LedgerWindow($0) },
            kind: kind ?? "",
            items: items,
            rows: rows
        )
    }
}
