internal import ArgumentParser
internal import KontorAudit
internal import KontorStorage
internal import Signing

/// `kontor export`: the log as files that anyone can verify.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the log as a static tlog-tiles directory or as one file.",
        discussion: """
            A tiles directory can be served by any web server, and is brought up to date when it exists already. \
            Entries name partners and amounts: publish hash tiles and checkpoints, and give entry bundles to those who \
            may read them.

            Example: kontor export --data ledger --tiles export
            """
    )

    @Option(help: "The ledger's data directory.") var data: String
    @Option(help: "The directory to write.") var tiles: String?
    @Option(help: "The file to write.") var bundle: String?
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        guard (tiles != nil) != (bundle != nil) else {
            throw ValidationError("name one of --tiles and --bundle")
        }
    }

    func run() throws {
        let store = try DataDirectory(path: data).openStore()
        defer { try? store.close() }
        let progress = ProgressLine("exporting")
        let size: UInt64
        if let tiles {
            size = try TilesExporter(store, directory: tiles).export {
                progress.update($0.entries, of: $0.size)
            }.size
        } else {
            size = try BundleExporter(store, path: bundle ?? "").export {
                progress.update($0.entries, of: $0.size)
            }
        }
        progress.finish()
        let target = tiles ?? bundle ?? ""
        if json {
            let value: JSONValue = ["size": .integer(Int64(size)), "written": .string(target)]
            return Console.print(value.text)
        }
        Console.print("exported \(size.grouped) entries to \(target)")
    }
}
