internal import ArgumentParser
internal import Foundation
internal import Settlement
internal import Signing

/// `kontor settle explain`: what follows from obligations and rate sheets in a file.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Compute a settlement from a file: obligations, nets, lines, true-ups, payments.",
        discussion: """
            The file is a JSON object as spec/21 says: obligations with sheets of exchange rates, or \
            plain nets, for which the direct and the exact payment plan are printed. Nothing is read \
            but the file. Exit status 1 means that the file is no such case, or that it cannot be \
            settled; the message names the place.

            Example: kontor settle explain fixtures/settlement/golden.json
            Example: kontor settle explain fixtures/settlement/nets.json --json
            """
    )

    @Argument(help: "The file.") var file: String
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        Console.print(try Self.output(file: file, json: json))
    }

    /// What the command prints for a file.
    static func output(file: String, json: Bool) throws -> String {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandError("\(file): there is no such file, or it may not be read")
        }
        do {
            switch try ExplainFile(parsing: Array(data)).content {
            case .settlement(let settlement):
                let explanation = try settlement.explain()
                return json
                    ? String(decoding: explanation.json(of: settlement).text, as: UTF8.self)
                    : ExplainText(settlement, explanation).text
            case .nets(let nets):
                return json
                    ? String(decoding: try nets.json().text, as: UTF8.self) : try nets.text()
            }
        } catch let fault as CaseFault {
            throw CommandError("\(file): \(fault.description)")
        } catch let error as SettlementError {
            throw CommandError("\(file): \(error.description)")
        }
    }
}
