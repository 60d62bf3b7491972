internal import ArgumentParser
internal import Foundation
internal import Formats
internal import Signing

/// `kontor reconcile mapping sign`: a mapping as both sides keep it.
struct MappingSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign a mapping by a key of the partner.",
        discussion: """
            The mapping is checked first; a fault is named with its member.

            Example: kontor reconcile mapping sign --key cafe.jwk --out cafe.mapping cafe.json
            """
    )

    @Argument(help: "The mapping as JSON.") var file: String
    @Option(help: "The partner's private key, a JWK in a file.") var key: String
    @Option(help: "The file to write; standard output if absent.") var out: String?

    func run() throws {
        let mapping = try MappingFile(path: file).plain()
        let text = SignedMapping.make(mapping, with: try KeyFile.read(key))
        guard let out else { return Console.print(text) }
        try Data(text + [0x0a]).write(to: URL(fileURLWithPath: out), options: .atomic)
    }
}
