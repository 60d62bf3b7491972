internal import ArgumentParser

/// The settings that have an option of their own; `--set` sets all others.
struct ServeOptions: ParsableArguments {
    @Option(help: "The ledger's data directory.") var data: String?
    @Option(help: "A JSON file with settings.") var config: String?
    @Option(help: "The address that clients reach, 127.0.0.1 if absent.") var address: String?
    @Option(help: "The port that clients reach, 8440 if absent.") var port: String?
    @Option(
        name: .customLong("admin-port"),
        help: "The port of metrics and health, 8441 if absent."
    )
    var adminPort: String?
    @Option(name: .customLong("tls-certificate"), help: "The PEM file of the certificate chain.")
    var tlsCertificate: String?
    @Option(name: .customLong("tls-key"), help: "The PEM file of the certificate's key.")
    var tlsKey: String?
    @Option(
        name: .customLong("publish-tiles"),
        help: "A directory to keep as a static copy of the log."
    )
    var publishTiles: String?
    @Flag(
        name: .customLong("accept-time"),
        help: "Accept that the last entry is more than a day old."
    )
    var acceptTime = false
    @Option(help: "KEY=VALUE: any other setting; repeat for more.") var set: [String] = []

    /// The values that were given, by key.
    func values() throws -> [(key: String, text: String)] {
        let own: [(String, String?)] = [
            ("data", data), ("address", address), ("port", port), ("admin.port", adminPort),
            ("tls.certificate", tlsCertificate), ("tls.key", tlsKey),
            ("publishTiles", publishTiles), ("acceptTime", acceptTime ? "true" : nil),
        ]
        var values = own.compactMap { key, text in text.map { (key: key, text: $0) } }
        for text in set {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw ValidationError("--set is KEY=VALUE, such as limits.bodyBytes=65536")
            }
            guard !values.contains(where: { $0.key == parts[0] }) else {
                throw ValidationError("\(parts[0]) is set twice")
            }
            values.append((key: String(parts[0]), text: String(parts[1])))
        }
        return values
    }
}
