internal import ArgumentParser
internal import Foundation
internal import KontorClient
internal import KontorEngine
internal import Ledger
internal import Signing

/// `kontor submit`: enters signed submissions, and prints their receipts.
struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Enter signed submissions, one JWS a line, and print a receipt for each.",
        discussion: """
            A receipt is printed when its entry is durable, one JSON object a line. Refusals go to standard error, and \
            make the exit status 1; with --json every answer is one object on standard output.

            With --url, submissions go to a server. Every receipt and refusal is verified by the log's key before it is \
            printed, and no login is needed.

            Example: kontor submit --data ledger transfers.jws
            Example: kontor submit --url https://ledger.example --vkey log.vkey t.jws
            """
    )

    @Option(help: "The ledger's data directory.") var data: String?
    @OptionGroup(title: "A server") var server: ServerOptions
    @Option(help: "With --url, the log's verifier key, as text or in a file.") var vkey: String?
    @Option(help: "With --key, whose key it is; submitting needs none.") var partner: String?
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

    func validate() throws {
        try server.require(insteadOf: data, vkey: vkey)
        guard data != nil || !acceptTime else {
            throw ValidationError("--accept-time goes with --data")
        }
    }

    func run() async throws {
        let printer = AnswerPrinter(json: json, quiet: quiet)
        if let data {
            try submit(to: data, printer)
        } else {
            try await submitRemotely(printer)
        }
        printer.summarize()
        if let error = printer.failure { throw error }
        if printer.hasRefusals { throw ExitCode(1) }
    }

    private func submitRemotely(_ printer: AnswerPrinter) async throws {
        let key = try SourceOptions.readKey(vkey, beside: "")
        guard let client = try server.client(vkey: key, partner: partner) else { return }
        let lines = FileLines(files: files.isEmpty ? ["-"] : files) {
            printer.expect(file: $0, line: $1, text: $2)
        }
        do {
            for try await result in client.submit(lines) { printer.print(result) }
        } catch {
            printer.summarize()
            throw error
        }
    }

    private func submit(to data: String, _ printer: AnswerPrinter) throws {
        let engine = try DataDirectory(path: data).openEngine(acceptTime: acceptTime)
        do {
            for file in files.isEmpty ? ["-"] : files { try submit(file, to: engine, printer) }
        } catch {
            try? engine.close()
            throw error
        }
        try engine.close()
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
            answers: { printer.print($0, of: engine) }
        )
    }
}
