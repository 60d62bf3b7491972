internal import ArgumentParser
internal import Formats
internal import KontorStorage
internal import Ledger
internal import Signing

/// `kontor reconcile mapping verify`: whose mapping it is, and what it says.
struct MappingVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify a signed mapping by the keys that the ledger has of the partner.",
        discussion: """
            Exit status 1 means that it is not signed by a registered key, is of another ledger or \
            partner, or says something that no mapping can say.

            Example: kontor reconcile mapping verify --data ledger --partner cafe cafe.mapping
            """
    )

    @Argument(help: "The signed mapping.") var file: String
    @Option(help: "The ledger's data directory.") var data: String
    @Option(help: "The partner.") var partner: String
    @Flag(help: "Print one JSON object, with the mapping.") var json = false

    func validate() throws {
        guard Slug(partner) != nil else {
            throw ValidationError("--partner \(partner) is no name of a partner")
        }
    }

    func run() throws {
        Console.print(try output())
    }

    /// What is printed.
    func output() throws -> String {
        guard let partner = Slug(partner) else { return "" }
        let store = try DataDirectory(path: data).openStore()
        defer { try? store.close() }
        let book = try LedgerReader(store: store).book()
        let signed = try MappingFile(path: file).signed(by: partner, in: book)
        let mapping = signed.mapping
        if json {
            let value: JSONValue = [
                "digest": .string(signed.digest.base64URL), "kid": .string(signed.keyID.base64URL),
                "mapping": try JSONValue(parsing: mapping.json),
            ]
            return String(decoding: value.text, as: UTF8.self)
        }
        return """
            partner   \(mapping.partner)
            version   \(mapping.version)
            file      \(mapping.shape.word)
            programs  \(mapping.programs.joined(separator: ", "))
            digest    \(signed.digest.base64URL)
            signed by \(signed.keyID.base64URL)
            """
    }
}
