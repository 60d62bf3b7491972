/// A setting as a store keeps it.
public struct StoredSetting: Sendable, Hashable {
    /// The name, 1 to `StorageLimits.nameBytes` bytes.
    public let name: String
    /// The value, up to `StorageLimits.valueBytes` bytes.
    public let value: [UInt8]

    /// A setting of its parts.
    public init(name: String, value: [UInt8]) {
        self.name = name
        self.value = value
    }
}
