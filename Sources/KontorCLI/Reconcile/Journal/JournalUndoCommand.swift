internal import ArgumentParser
internal import Formats

/// `kontor reconcile journal undo`: the last line of some breaks is taken back.
struct JournalUndoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Take back the own last line about breaks: of a group for one, some or all.",
        discussion: """
            Breaks that one line closed together may be taken back one by one, or together by \
            --group.

            Example: kontor reconcile journal undo --journal cafe-air.journal --keys air.keys \
            --partner air --sign-key air.jwk \
            Xw1kq3
            """
    )

    @OptionGroup var options: JournalOptions
    @OptionGroup var signer: JournalSigner
    @Argument(help: "The breaks, each by its id or the first characters of it.") var breaks:
        [String]
    @Flag(help: "For all breaks of the line, where it was about several.") var group = false

    func run() throws {
        var file = try options.open()
        let ids = try file.ids(breaks)
        guard let line = try file.find(breaks[0]).lastLine else {
            throw CommandError("no line of the break can be taken back; see journal show")
        }
        let all = file.journal.breaks.filter { $0.lastLine == line }.map(\.id).sorted()
        try file.append(.undo(group ? all : ids, line: line), by: signer)
        try file.tell(ids)
    }
}
