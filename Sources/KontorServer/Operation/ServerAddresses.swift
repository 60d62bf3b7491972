/// The ports that a server got, which differ from those of its settings where these are 0.
public struct ServerAddresses: Sendable, Hashable {
    /// The port of the public address.
    public let port: Int
    /// The port of the admin address.
    public let adminPort: Int
}
