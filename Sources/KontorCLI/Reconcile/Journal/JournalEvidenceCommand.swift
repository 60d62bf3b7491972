internal import ArgumentParser
internal import Foundation
internal import Formats
internal import Signing

/// `kontor reconcile journal evidence`: a file that proves something.
struct JournalEvidenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence",
        abstract: "Name a file that proves something, by its SHA-256.",
        discussion: """
            The file itself is kept elsewhere; send it to the other partner as you like.

            Example: kontor reconcile journal evidence --journal cafe-air.journal --keys air.keys \
            --partner air --sign-key air.jwk \
            --file june.csv --text 'line 12' Xw1kq3
            """
    )

    @OptionGroup var options: JournalOptions
    @OptionGroup var signer: JournalSigner
    @Argument(help: "The breaks, each by its id or the first characters of it.") var breaks:
        [String]
    @Option(help: "The file.") var file: String
    @Option(help: "What it shows.") var text: String

    func run() throws {
        var journal = try options.open()
        let ids = try journal.ids(breaks)
        try journal.append(.evidence(ids, file: try hash(), text: text), by: signer)
        try journal.tell(ids)
    }

    /// The SHA-256 of the file.
    private func hash() throws -> Digest {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandError("\(file): there is no such file, or it may not be read")
        }
        return DigestBuilder.digest([UInt8](data))
    }
}
