internal import ArgumentParser
internal import Signing

/// `kontor keygen`: makes a key file.
struct KeygenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Make a key file, a JWK that only its owner may read.",
        discussion: "Example: kontor keygen --out nordwind.jwk --algorithm ed25519"
    )

    /// The algorithms as people type them.
    enum Algorithm: String, ExpressibleByArgument, CaseIterable { case ed25519, es256 }

    @Option(help: "The file to make; an existing one is not overwritten.") var out: String
    @Option(help: "ed25519 or es256.") var algorithm: Algorithm = .ed25519
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        let key = PrivateKey.generate(algorithm == .ed25519 ? .ed25519 : .es256)
        try KeyFile.write(key, to: out)
        let thumbprint = key.publicKey.thumbprint.base64URL
        if json {
            let value: JSONValue = [
                "thumbprint": .string(thumbprint), "key": key.publicKey.jwk, "file": .string(out),
            ]
            return Console.print(value.text)
        }
        Console.print("thumbprint  \(thumbprint)")
        Console.print("public      \(String(decoding: key.publicKey.jwk.text, as: UTF8.self))")
        Console.print("file        \(out)")
    }
}
