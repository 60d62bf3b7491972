public import Logging

/// Everything that an operator decides about a server; each value is a key of the configuration of
/// the same name (docs/operations.md).
public struct ServerSettings: Sendable, Hashable {
    /// Who may fetch entry bundles, which hold the entries of all partners.
    public enum EntryBundles: String, Sendable, Hashable, CaseIterable {
        /// Auditors and operators.
        case authenticated
        /// Everyone.
        case `public`
    }

    /// The ledger's data directory; it must be set.
    public var data: String?
    /// The file of the log's signing key, or nil for `log.key` in the data directory.
    public var logKey: String?
    /// The address that clients reach.
    public var address = "127.0.0.1"
    /// The port that clients reach, 0 for any that is free.
    public var port = 8_440
    /// The address of metrics and health, which has no TLS and no login.
    public var adminAddress = "127.0.0.1"
    /// The port of metrics and health, 0 for any that is free.
    public var adminPort = 8_441
    /// A PEM file with the certificate and those between it and the root, or nil for cleartext.
    public var tlsCertificate: String?
    /// A PEM file with the private key of the certificate, or nil for cleartext.
    public var tlsKey: String?
    /// Whether cleartext may be served on an address that is not a loopback one, since a proxy
    /// before it speaks TLS and nobody else reaches it.
    public var insecureAddress = false
    /// Who may fetch entry bundles.
    public var entryBundles = EntryBundles.authenticated
    /// A directory that is kept as a static copy of the log, or nil.
    public var publishTiles: String?
    /// Seconds from one look at whether that copy is behind to the next.
    public var publishTilesSeconds = 5
    /// Whether a last entry of more than a day ago is accepted at the start.
    public var acceptTime = false
    /// The least severe level that is logged.
    public var logLevel = Logger.Level.notice
    /// How far a client's clock may differ from the server's, in seconds.
    public var clockSkewSeconds = 30
    /// Whether webhooks may lead to this machine, by `http` too; for tests and a sandbox.
    public var webhookLoopback = false
    /// What strangers can make long, many or slow.
    public var limits = Limits()

    /// The settings that hold where nothing is configured.
    public init() {}

    /// Whether clients are served over TLS.
    public var hasTLS: Bool { tlsCertificate != nil && tlsKey != nil }

    /// What the routes need to know.
    public var service: ServiceSettings {
        ServiceSettings(
            limits: limits,
            entryBundles: entryBundles,
            clockSkewSeconds: clockSkewSeconds,
            webhookLoopback: webhookLoopback
        )
    }
}
