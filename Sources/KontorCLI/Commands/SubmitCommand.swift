internal import ArgumentParser
internal import Foundation
internal import KontorEngine
internal import Ledger
internal import Signing

/// `kontor submit`: enters signed submissions, and prints their receipts.
struct SubmitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Enter signed submissions, one JWS a line, and print a receipt for each.",
        discussion: """
            A receipt is printed when its entry is durable, one JSON object a line. Refusals go to standard error, and \
            make the exit status 1; with --json every answer is one object on standard output.

            Example: kontor submit --data ledger transfers.jws
            """
    )

    @Option(help: "The ledger's data directory.") var data: String
    @Argument(help: "Files of JWS lines; standard input if there are none.") var files: [String] =
        []
    @Flag(help: "Print every answer as a JSON object, refusals too.") var json = false
    @Flag(help: "Print only a summary at the end.") var quiet = false
    @Flag(
        name: .customLong("accept-time"),
        help: "Accept that the last entry is more than a day old."
    )
    var acceptTime = false

    /// Lines that are verified together; a durable commit takes what has gathered.
    private static let chunkLines = 512

    func run() throws {
        let engine = try DataDirectory(path: data).openEngine(acceptTime: acceptTime)
        let printer = AnswerPrinter(engine: engine, json: json, quiet: quiet)
        do {
            for file in files.isEmpty ? ["-"] : files { try submit(file, to: engine, printer) }
        } catch {
            try? engine.close()
            throw error
        }
        try engine.close()
        printer.summarize()
        if let error = printer.failure { throw error }
        if printer.hasRefusals { throw ExitCode(1) }
    }

    private func submit(_ file: String, to engine: Engine, _ printer: AnswerPrinter) throws {
        var lines = try LineSource(path: file)
        var number = 0
        try engine.submitAll(
            next: {
                var chunk: [[UInt8]] = []
                while chunk.count < Self.chunkLines, let line = try lines.next() {
                    number += 1
                    printer.expect(file: file, line: number, text: line)
                    chunk.append(line)
                    if !lines.hasMore { break }
                }
                return chunk.isEmpty ? nil : chunk
            },
            answers: { printer.print($0) }
        )
    }
}
