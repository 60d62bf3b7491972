/// The settings that the routes of the public address need.
public struct ServiceSettings: Sendable, Hashable {
    /// What strangers can make long, many or slow.
    public var limits: Limits
    /// Who may fetch entry bundles.
    public var entryBundles: ServerSettings.EntryBundles
    /// How far a client's clock may differ from the server's, in seconds.
    public var clockSkewSeconds: Int
    /// Whether webhooks may lead to this machine, by `http` too; for tests and a sandbox.
    public var webhookLoopback: Bool

    /// Settings of their parts.
    public init(
        limits: Limits = Limits(),
        entryBundles: ServerSettings.EntryBundles = .authenticated,
        clockSkewSeconds: Int = 30,
        webhookLoopback: Bool = false
    ) {
        self.limits = limits
        self.entryBundles = entryBundles
        self.clockSkewSeconds = clockSkewSeconds
        self.webhookLoopback = webhookLoopback
    }
}
