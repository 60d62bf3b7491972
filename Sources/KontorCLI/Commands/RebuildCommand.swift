internal import ArgumentParser
internal import KontorEngine
internal import Signing

/// `kontor rebuild`: makes the projection of the state again.
struct RebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Make the state again from the log, and save it; the log itself is not touched.",
        discussion: "Example: kontor rebuild --data ledger"
    )

    @Option(help: "The ledger's data directory.") var data: String
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        let directory = DataDirectory(path: data)
        let progress = ProgressLine("replaying")
        let result = try Rebuild(
            store: directory.openWritableStore(),
            logKey: try directory.readVerifier()
        )
        .run { progress.update($0, of: $1) }
        progress.finish()
        let same = result.before.map { $0 == result.after } ?? true
        if json {
            let value: JSONValue = [
                "entries": .integer(Int64(result.entries)),
                "stateDigest": .string(result.after.base64URL),
                "sameAsBefore": .boolean(same),
            ]
            Console.print(value.text)
        } else {
            Console.print("entries       \(result.entries.grouped)")
            Console.print("state digest  \(result.after.base64URL)")
            let before =
                result.before == nil
                ? "there was no projection before" : same ? "as before" : "NOT as before"
            Console.print("projection    made again, \(before)")
        }
        if !same { throw ExitCode(1) }
    }
}
