/// The settings that the routes of the public address need.
public struct ServiceSettings: Sendable, Hashable {
    /// What strangers can make long, many or slow.
    public var limits: Limits
    /// Who may fetch entry bundles.
    public var entryBundles: ServerSettings.EntryBundles

    /// Settings of their parts.
    public init(
        limits: Limits = Limits(),
        entryBundles: ServerSettings.EntryBundles = .authenticated
    ) {
        self.limits = limits
        self.entryBundles = entryBundles
    }
}
/// x
public struct ServerSettings {
    /// x
    public enum EntryBundles: String, Sendable { case authenticated, `public` }
}
